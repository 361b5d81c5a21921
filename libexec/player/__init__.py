"""Plays conversations against a bot; docs/conversations.md tells how they are written."""
