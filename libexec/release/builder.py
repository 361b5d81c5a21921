"""What every order needs: the folder of releases, the mirror, the settings, and whom to tell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from release import settings
from release.git import Git
from release.history import History
from release.mirror import Mirror, WorkingCopy
from release.place import Place
from release.settings import Settings
from release.talk import Talk


@dataclass(frozen=True)
class Builder:
    place: Place
    settings: Settings
    mirror: Mirror
    talk: Talk

    @staticmethod
    def of(home: Path, file: Path, talk: Talk) -> Builder:
        place = Place(home)
        read = settings.read(file)
        git = Git(home / "git.config", ceilings=(home, home / "releases", home / "checkouts"))
        return Builder(place, read, Mirror(git, home / "mirror.git", read.remote), talk)

    @property
    def lock(self) -> Path:
        return self.place.home / "lock"

    @property
    def fetch_lock(self) -> Path:
        """Of the mirror alone: while a build goes on for minutes, people may still look what would come."""
        return self.place.home / "lock.fetch"

    def history(self) -> History:
        return History(self.place.home / "history", self.place.named("current"))

    def working_copy(self, folder: Path) -> WorkingCopy:
        return WorkingCopy(self.mirror.git, folder)
