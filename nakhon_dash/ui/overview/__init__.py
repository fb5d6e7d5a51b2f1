"""The overview: are we keeping the promise today, what changed, what needs me? One module a card."""
