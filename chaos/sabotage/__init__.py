"""A bot that breaks a promise, on purpose: what a campaign is worth shows in what it catches."""
