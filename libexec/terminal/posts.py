"""The bot's messages as a person sees them: which still change, which buttons can be clicked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Post:
    id: str
    room: str
    text: str
    final: bool
    buttons: tuple[tuple[str, str], ...]

    @staticmethod
    def of(content: dict[str, Any]) -> Post:
        buttons = tuple((button["label"], button["value"]) for button in content.get("buttons") or ())
        return Post(content["id"], content["room"], content["text"], bool(content.get("final", True)), buttons)


@dataclass
class Posts:
    """In the order in which they were last new."""

    known: dict[str, Post] = field(default_factory=dict)

    def take(self, post: Post) -> str | None:
        """Gives the text to show for good: a final one, new or changed. None where there is nothing new to read."""
        before = self.known.pop(post.id, None)
        self.known[post.id] = post
        if not post.final or (before is not None and before.final and before.text == post.text):
            return None
        return post.text

    def changing(self) -> list[Post]:
        return [post for post in self.known.values() if not post.final]

    def button(self, label: str, room: str) -> tuple[str, str] | None:
        """The newest message of the room with that button, and the button's value."""
        for post in reversed(self.known.values()):
            for name, value in post.buttons:
                if post.room == room and name.casefold() == label.casefold():
                    return post.id, value
        return None
