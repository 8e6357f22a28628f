"""The main line of a release.

    packages at hand, whole → compared with those before → pages → a folder that is put in place whole

Everything is looked at before anything is written, and what is written appears in one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from kurspakke.findings import KurspakkeError
from kurspakke.publish import refusing
from kurspakke.record import FILE as BUILD
from kurspakke.release import feed, memory
from kurspakke.release.addresses import report_page
from kurspakke.release.alike import names_in
from kurspakke.release.changelog import changelog
from kurspakke.release.checkreport import Checked, Looked, check_reports
from kurspakke.release.guidepage import guide_pages
from kurspakke.release.keptreports import KeptReports
from kurspakke.release.kitfolder import kit_files
from kurspakke.release.note import notes
from kurspakke.release.offer import VersionOffer, offer
from kurspakke.release.pages import Pages
from kurspakke.release.places import places
from kurspakke.release.previous import previous_at
from kurspakke.release.privacytable import PrivacyTable, privacy_tables
from kurspakke.release.publication import Earlier, Publication
from kurspakke.release.replacement import Answer, Replacement, replacements
from kurspakke.release.stock import Stock, stock
from kurspakke.release.sums import FILE as SUMS
from kurspakke.release.sums import carried, sums
from kurspakke.release.version import Version, versions
from kurspakke.release.wholefolder import WholeFolder, refuse_strange, whole_folder
from kurspakke.release.words import LANGUAGES, release_words
from kurspakke.source import Source
from kurspakke.sourcereader import read_source


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a release. `folders` hold the packages; `out` is where it goes.

    `previous` is the folder of the release before, or its build.json; without it, what is in `out`. `breaking` lets
    packages be released that can't replace those before. `date` is the day as YYYY-MM-DD, "" where the changelog has it.
    """

    source: Path
    folders: tuple[Path, ...]
    out: Path
    previous: Path | None = None
    breaking: bool = False
    date: str = ""
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Released:
    """What came of it: where it lies, how many packages, the answers about them, and whether there is a feed."""

    out: Path
    packages: int
    answers: Mapping[Answer, int]
    earlier: Earlier | None
    has_feed: bool


def release(wish: Wish, said: Callable[[str], None] = lambda _: None) -> Released:
    """Make a release; `said` hears what is being done.

    Raises KurspakkeError for packages that are not whole or don't belong together, for a replacement that is not
    safe, and for what the system refuses; ContentError for a guide with an open slot and a package with an error. In
    each case `out` is as it was.
    """
    refuse_strange(wish.out, memory.FILE)
    held = stock(wish.folders, wish.jobs)
    source = read_source(wish.source)
    said(f"{len(held.record.packages)} packages are whole")
    with refusing(wish.out), whole_folder(wish.out) as folder:
        answers = _compared(wish, held, source)
        if not answers.remembered:
            _refuse_breaking(answers.found, wish)
        publication = _published(wish, source, held, answers, folder)
        said("writing pages and reports")
        _write(publication, held, folder, wish)
        folder.put()
    told = [one.answer for one in publication.replacements.values()]
    return Released(
        wish.out,
        len(held.record.packages),
        {answer: told.count(answer) for answer in Answer if answer in told},
        publication.earlier,
        feed.feed(publication) is not None,
    )


@dataclass(frozen=True, slots=True)
class _Compared:
    """What the packages were compared with, and the answers by file name.

    `remembered`: these very packages were released before, and what is unsafe about them was allowed then.
    """

    earlier: Earlier | None
    found: Mapping[str, Replacement]
    remembered: bool = False


def _compared(wish: Wish, held: Stock, source: Source) -> _Compared:
    """With the release before; what lies in `out` and is of the same packages is no other release: it is asked."""
    before = memory.remembered(wish.out)
    if wish.previous is None and before and before.build == held.record.dumps():
        return _Compared(before.earlier, before.replacements, remembered=True)
    place = wish.previous or (wish.out if (wish.out / BUILD).is_file() else None)
    previous = previous_at(place) if place else None
    if previous and previous.course != held.record.course.id:
        raise KurspakkeError(
            f"{place} is a release of «{previous.course}», and the packages are of «{held.record.course.id}»",
            "name the release before of the same course with --previous, or another folder with -o",
        )
    earlier = Earlier(previous.version, previous.is_record_only) if previous else None
    return _Compared(earlier, replacements(held, previous, source, wish.jobs))


def _refuse_breaking(found: Mapping[str, Replacement], wish: Wish) -> None:
    unsafe = sorted(one.path for one in found.values() if one.is_unsafe)
    if unsafe and not wish.breaking:
        kinds = {change.kind for path in unsafe for change in found[path].changes if change.effect == "loses"}
        gone = [path for path in unsafe if found[path].answer is Answer.GONE]
        why = ", ".join(sorted(kinds) + (["no longer there"] if gone else []))
        more = f" and {len(unsafe) - 3} more" if len(unsafe) > 3 else ""
        raise KurspakkeError(
            f"learners would lose results or progress: {', '.join(unsafe[:3])}{more} ({why})",
            "see why with `kurspakke diff OLD.zip NEW.zip`; --breaking releases them all the same, and says so",
        )


def _published(
    wish: Wish, source: Source, held: Stock, compared: _Compared, folder: WholeFolder
) -> Publication:
    """What is known of the release; the coordinators' kits are written on the way, one version at a time."""
    offers: list[VersionOffer] = []
    privacy: dict[str, tuple[PrivacyTable, ...]] = {}
    for version in versions(source, held.record):
        offers.append(offer(version, compared.found))
        _note_privacy(version, privacy)
        for name, file in kit_files(version).items():
            folder.add(f"koordinator/{version.name}/{name}", file.read())
    if source.course is None:
        raise KurspakkeError("the course can't be read", "see what is wrong: kurspakke validate")
    log = changelog(source)
    written = log.of(source.course.head.version)
    return Publication(
        source=source,
        course=source.course,
        record=held.record,
        offers=tuple(offers),
        places=places(source, held.record),
        replacements=compared.found,
        earlier=compared.earlier,
        log=log,
        date=wish.date or (written.date if written else ""),
        privacy=privacy,
    )


def _note_privacy(version: Version, privacy: dict[str, tuple[PrivacyTable, ...]]) -> None:
    """Into both languages of the pages: by the first version in a language, or by the first one at all."""
    for language in LANGUAGES:
        if language not in privacy or (language == version.variant.language and version.is_first):
            privacy[language] = privacy_tables(version, release_words(language)["privacy_activity"])


def _write(publication: Publication, held: Stock, folder: WholeFolder, wish: Wish) -> None:
    pages = Pages(publication, guide_pages(publication)).all()
    for name, data in chain(pages, _for_programs(publication), notes(publication)):
        folder.add(name, data)
    for checked in _reports(publication, held, wish):
        folder.add(report_page(checked.version), checked.page)
    for path, place in held.places.items():
        folder.take(path, place)
    folder.add(SUMS, sums(folder.made, {one.path: one.sha256 for one in held.record.packages}))
    for name, kept in carried(folder.target):
        if not (folder.made / name).exists():
            folder.take(name, kept)


def _reports(publication: Publication, held: Stock, wish: Wish) -> Iterator[Checked]:
    """The report on each version: from before where its packages are the same, else made now."""
    kept = KeptReports(wish.folders[0], publication.source.files.root / "templates")
    left = []
    for version in _to_check(publication, held):
        if page := kept.find(version):
            yield replace(version, page=page)
        else:
            left.append(version)
    for made in check_reports(left, wish.jobs):
        kept.keep(made)
        yield made
    kept.forget_others()


def _to_check(publication: Publication, held: Stock) -> Iterator[Checked]:
    """The packages of each version as its page shows them."""
    source, version = publication.source, publication.record.course.version
    for offered in publication.offers:
        downloads = (download for module in offered.modules for download in module.downloads)
        yield Checked(
            offered.name,
            tuple(
                Looked(
                    one.record.path,
                    held.places[one.record.path],
                    one.record.sha256,
                    names_in(one.record.label, source, version),
                )
                for one in downloads
            ),
        )


def _for_programs(publication: Publication) -> Iterator[tuple[str, bytes]]:
    yield BUILD, publication.record.dumps()
    yield memory.FILE, memory.release_json(publication)
    yield memory.LATEST, memory.latest_json(publication)
    if (stream := feed.feed(publication)) is not None:
        yield feed.FILE, stream
