"""The preview as a folder: each package with a stand-in that keeps the learner's data in the browser.

For a web page, such as one behind a municipality's own login: nothing runs on the server, and nothing leaves the
browser. Of each text one package is shown so; those that are for an LRS alone need one, and are left out.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kurspakke import resources
from kurspakke.filetree import FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.package import Kind
from kurspakke.preview.framepage import frame_page, line, sco_of
from kurspakke.preview.offer import Offer, Shelf
from kurspakke.preview.overview import groups
from kurspakke.preview.page import page
from kurspakke.preview.temperaments import temperament
from kurspakke.preview.toc import launchable, toc

MARK = ".kurspakke-preview"
"""The file by which a folder is known as written here: only such a one is replaced."""
SHOWN = frozenset({Kind.SCORM12, Kind.SCORM2004, Kind.WEB})
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and the packages of which nothing could be shown, by their names."""

    folder: Path
    shown: Sequence[str]
    left_out: Sequence[str]


def export(shelf: Shelf, folder: Path, *, profile: str = "", language: str = "nb") -> Exported:
    """Write the folder, whole or not at all.

    Raises:
        KurspakkeError: the folder holds something else, can't be written, or there is nothing to show.
    """
    _refuse_others(folder)
    offers = _chosen(shelf.offers())
    if not offers:
        raise KurspakkeError(
            "there is nothing to show in a web page", "name a course, or packages for SCORM or the web"
        )
    names = dict(_names(offers))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as work:
        new = Path(work) / "new"
        new.mkdir(mode=0o755)
        for offer in offers:
            _write_package(shelf, offer, new / names[offer.id], profile, language)
        _write_list(offers, names, new, language)
        _put_in_place(new, folder, Path(work) / "old")
    texts = {_text(offer) for offer in offers}
    left = [offer.file_name for offer in shelf.offers() if _text(offer) not in texts]
    return Exported(folder, [offer.file_name for offer in offers], left)


def _text(offer: Offer) -> tuple[object, ...]:
    """What the packages of one text have in common, whatever their format."""
    alone = () if offer.module else (offer.id,)
    return (offer.origin, offer.module, offer.language, offer.audience, offer.edition, *alone)


def _chosen(offers: Sequence[Offer]) -> Sequence[Offer]:
    """One package of each text: in SCORM rather than as a mere page, as that remembers through the stand-in."""
    found: dict[tuple[object, ...], Offer] = {}
    for offer in sorted(offers, key=lambda offer: offer.kind is Kind.WEB):
        if offer.kind in SHOWN and not offer.error:
            found.setdefault(_text(offer), offer)
    ids = {offer.id for offer in found.values()}
    return [offer for offer in offers if offer.id in ids]


def _refuse_others(folder: Path) -> None:
    if folder.exists() and not (folder / MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise KurspakkeError(
            f"{folder} holds something that was not written by a preview",
            "name a new folder, or empty that one yourself",
        )


def _names(offers: Sequence[Offer]) -> Iterator[tuple[str, str]]:
    """A folder name for each offer, by its id: what a package's file is called, made fit for every web server."""
    taken = set[str]()
    for offer in offers:
        plain = unicodedata.normalize("NFKD", offer.file_name.removesuffix(".zip")).encode("ascii", "ignore")
        stem = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-") or "pakke"
        name, number = stem, 1
        while name in taken or name == "static":
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        yield offer.id, name


def _write_package(shelf: Shelf, offer: Offer, folder: Path, profile: str, language: str) -> None:
    package = shelf.package(offer.id)
    if package is None:
        raise KurspakkeError(f"{offer.file_name} can't be opened now", "see what the validator says of it")
    _write_tree(package.tree, folder / "content")
    entries = toc(package, offer.language or language)
    sco = launchable(entries)
    island = {
        "package": folder.name,
        "kind": offer.kind.value,
        "title": offer.title,
        "inspector": "",
        "store": "browser",
        "language": language,
        "learner": {"id": "learner", "name": ""},
        "mode": "normal",
        "attempt": 1,
        "session": "",
        "trouble": [],
        "profile": temperament(profile),
        "toc": [line(entry, ()) for entry in entries],
        "scos": {entry.id: sco_of(entry, "content/") for entry in entries if entry.path is not None},
        "sco": sco_of(sco, "content/") if sco else None,
        "kept": {},
    }
    (folder / "index.html").write_text(frame_page(island), "utf-8")
    (folder / "lmspage.js").write_bytes(resources.asset("lmspage.js"))


def _write_tree(tree: FileTree, folder: Path) -> None:
    for path, file in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with file.open() as source, target.open("xb") as out:
            shutil.copyfileobj(source, out, _CHUNK)


def _write_list(offers: Sequence[Offer], names: dict[str, str], folder: Path, language: str) -> None:
    (folder / "index.html").write_text(
        page("static.html.j2", language, groups=groups(offers), names=names), "utf-8"
    )
    (folder / "overview.css").write_bytes(resources.asset("overview.css"))
    (folder / MARK).write_text("Written by kurspakke preview --static; the next one replaces it.\n", "utf-8")


def _put_in_place(new: Path, folder: Path, old: Path) -> None:
    try:
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise KurspakkeError(
            f"{folder} can't be written: {error.strerror}", "see that nobody has it open, and may be written"
        ) from error
