"""Why an order is not carried out."""


class Refused(Exception):
    """A sentence for people: what was tried, and what to do. Nothing that is in use has changed."""
