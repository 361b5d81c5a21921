"""A person's terminal on the bot: what is typed, what is shown, and the line between."""
