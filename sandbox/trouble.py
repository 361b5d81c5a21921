"""What a person can do something about: told in one message, without a stack trace."""


class Trouble(Exception):
    """The message says what is wrong and what would be right."""
