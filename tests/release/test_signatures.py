"""Whose signature a release has to bear, with keys and signatures of ssh-keygen and git themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from release_site import Repository, Site, run


def key(folder: Path, name: str) -> Path:
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name), cwd=folder)
    return folder / f"{name}.pub"


@pytest.fixture
def olga(tmp_path: Path, site: Site) -> Path:
    """The key of her whom the settings let sign."""
    public = key(tmp_path, "olga")
    signers = tmp_path / "allowed_signers"
    signers.write_text(f"olga@example.com {public.read_text()}")
    site.settings(signatures="required", allowed_signers=str(signers))
    return public


def test_a_signed_commit_is_taken_with_what_it_contains(site: Site, repository: Repository, first: str, olga: Path) -> None:
    """Its hash covers all before it, so that one signature is enough for a branch of unsigned commits."""
    repository.commit("Unsigned", push="")
    repository.key = olga
    signed = repository.commit("Signed")

    told = site.done("look")

    assert (told["signature"], told["refused"]) == ("signed by olga@example.com", None)
    assert site.done("build", signed, "--from", first)["made"]


def refusal(site: Site, commit: str, first: str) -> str:
    """The same by looking and by building, and nothing was built."""
    looked, built = site.done("look")["refused"], site.refused("build", commit, "--from", first)
    assert looked == built
    assert site.contents()["releases"] == [first]
    return built


def test_a_commit_without_a_signature_is_refused(site: Site, repository: Repository, first: str, olga: Path) -> None:
    said = refusal(site, repository.commit("Unsigned"), first)

    assert "it is not signed. Have it signed" in said and "allowed_signers" in said


def test_a_signature_below_is_not_enough(site: Site, repository: Repository, first: str, olga: Path) -> None:
    repository.key = olga
    repository.commit("Signed")
    repository.key = None

    assert "it is not signed" in refusal(site, repository.commit("Unsigned"), first)


def test_a_signature_of_somebody_else_is_refused(site: Site, repository: Repository, first: str, olga: Path, tmp_path: Path) -> None:
    repository.key = key(tmp_path, "mallory")

    assert "signed with a key that is not among them" in refusal(site, repository.commit("By another"), first)


def test_a_signature_of_another_commit_is_refused(site: Site, repository: Repository, first: str, olga: Path) -> None:
    """The signed words are changed afterwards, the signature stays."""
    repository.key = olga
    signed = repository.commit("Signed", push="")
    text = repository.git("cat-file", "commit", signed).replace("\nSigned", "\nForged")
    (repository.copy / ".git/forged").write_text(text + "\n")
    forged = repository.git("hash-object", "-t", "commit", "-w", ".git/forged")
    repository.git("push", "--quiet", "--force", "origin", f"{forged}:refs/heads/main")

    assert "its signature does not hold" in refusal(site, forged, first)


def test_a_signature_with_a_key_for_other_things_is_refused(
    site: Site, repository: Repository, first: str, olga: Path, tmp_path: Path
) -> None:
    """allowed_signers may say what a key is good for, and git asks for `git`."""
    (tmp_path / "allowed_signers").write_text(f'olga@example.com namespaces="file" {olga.read_text()}')
    repository.key = olga

    said = refusal(site, repository.commit("Signed"), first)
    assert "has to be signed by somebody in" in said


def test_a_release_built_before_signatures_were_asked_for_is_refused_too(
    site: Site, repository: Repository, first: str, tmp_path: Path
) -> None:
    second = repository.commit("Unsigned")
    site.done("build", second, "--from", first)
    signers = tmp_path / "allowed_signers"
    signers.write_text(f"olga@example.com {key(tmp_path, 'olga').read_text()}")
    site.settings(signatures="required", allowed_signers=str(signers))

    assert "it is not signed" in site.refused("build", second, "--from", first)
