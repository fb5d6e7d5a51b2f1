"""Resolution: is the promise kept, for whom, and what to do next? One module a card."""
