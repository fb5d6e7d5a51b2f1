"""The Data page: what came in, what was refused and why, and how to take it back."""
