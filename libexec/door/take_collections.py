"""Takes the named collections, without their tests and documents, out of the one wheel in a folder."""

import compileall
import sys
from pathlib import Path
from zipfile import ZipFile

LEFT_OUT = {"tests", "changelogs", "docs"}


def wanted(name: str, collections: set[str]) -> bool:
    parts = name.split("/")
    if len(parts) < 4 or parts[0] != "ansible_collections":
        return False
    return ".".join(parts[1:3]) in collections and not (len(parts) > 4 and parts[3] in LEFT_OUT)


def take(wheel: Path, folder: Path, collections: set[str]) -> None:
    with ZipFile(wheel) as archive:
        members = [name for name in archive.namelist() if wanted(name, collections)]
        archive.extractall(folder, members)
    for collection in collections:
        if not (folder / "ansible_collections" / collection.replace(".", "/") / "MANIFEST.json").is_file():
            sys.exit(f"{wheel.name} does not hold the collection {collection}")
    # Where they are used nobody may write to them, so each start of Ansible would compile them anew.
    compileall.compile_dir(folder, quiet=2)


if __name__ == "__main__":
    download, destination, *names = sys.argv[1:]
    (only_wheel,) = Path(download).glob("*.whl")
    take(only_wheel, Path(destination), set(names))
