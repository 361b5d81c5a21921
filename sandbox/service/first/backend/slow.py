"""How long `/slow` takes."""


def seconds(query: dict[str, str], most: float = 30.0) -> float:
    """ValueError for what is no time."""
    wanted = float(query.get("seconds", "2"))
    if not 0 <= wanted <= most:
        raise ValueError(f"seconds must lie between 0 and {most:g}")
    return wanted
