"""The files of a run's folder, each of them complete or absent whatever happens."""

from __future__ import annotations

import json
import os

ROOM_FOR_A_RECORD = 4096


class Folder:
    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(path)

    def mark(self) -> bytes:
        """Stands in the environment of the run's processes and is inherited by all that they start."""
        return b"SIGNALBOX_RUN=" + os.fsencode(self.path)

    def file(self, name: str) -> str:
        return os.path.join(self.path, name)

    def has(self, name: str) -> bool:
        return os.path.lexists(self.file(name))

    def read(self, name: str) -> dict | None:
        """The record of that name, or None where there is no such file yet."""
        try:
            with open(self.file(name), "rb") as file:
                return json.load(file)
        except FileNotFoundError:
            return None

    def claim(self, record: dict) -> bool:
        """Whether this record is now `claimed`: exclusive and complete at once, which O_EXCL alone is not."""
        return self._link("claimed", record)

    def conclude(self, record: dict) -> bool:
        """Writes `exit` in place of a wrapper that is gone; False where it had written it after all."""
        return self._link("exit", record)

    def write(self, name: str, record: dict) -> None:
        self.reserve(name).become(record)

    def reserve(self, name: str) -> "Reserved":
        return Reserved(self, name)

    def sync(self) -> None:
        descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _link(self, name: str, record: dict) -> bool:
        reserved = self.reserve(name)
        try:
            reserved.fill(record)
            os.link(reserved.path, self.file(name))
        except FileExistsError:
            return False
        finally:
            reserved.drop()
        self.sync()
        return True


class Reserved:
    """Room on the disk for a record to come, so that a disk which fills up in the meantime does not lose it."""

    def __init__(self, folder: Folder, name: str) -> None:
        self.folder = folder
        self.name = name
        self.path = folder.file(f".{name}.{os.urandom(6).hex()}")
        self.descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.posix_fallocate(self.descriptor, 0, ROOM_FOR_A_RECORD)
        except OSError as error:
            self.drop()
            raise OSError(error.errno, error.strerror, folder.file(name)) from error

    def fill(self, record: dict) -> None:
        text = json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogateescape") + b"\n"
        os.pwrite(self.descriptor, text, 0)
        os.ftruncate(self.descriptor, len(text))
        os.fsync(self.descriptor)

    def become(self, record: dict) -> None:
        self.fill(record)
        os.rename(self.path, self.folder.file(self.name))
        os.close(self.descriptor)
        self.folder.sync()

    def drop(self) -> None:
        os.unlink(self.path)
        os.close(self.descriptor)
