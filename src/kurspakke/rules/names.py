"""PKG-040 to PKG-059: the names, kinds and sizes of a package's files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kurspakke.findings import Location, Severity
from kurspakke.package import Package
from kurspakke.rules.family import Family, Problem

NAMES: Family[Package] = Family("PKG")

LARGE = 20 << 20
VERY_LARGE = 50 << 20
MOST_BYTES = (1 << 32) - 1
MOST_FILES = 65_535
LONG_PATH = 180
LONGEST_PATH = 255


def _in(package: Package, path: str) -> Location:
    """A file by its path in the whole tree."""
    return Location(f"{package.path}/{path}")


def summed(paths: Iterable[str], what: str) -> tuple[str, str] | None:
    """The first of `paths`, and one message for them all, naming three: one habit is not many faults."""
    known = list(paths)
    if not known:
        return None
    named = ", ".join(known[:3])
    more = f" and {len(known) - 3} more" if len(known) > 3 else ""
    return known[0], f"{what}: {named}{more}"


def _summed(package: Package, paths: Iterable[str], what: str, hint: str) -> Iterator[Problem]:
    if found := summed((path for path in paths if not is_junk(path)), what):
        yield Problem(_in(package, found[0]), found[1], hint)


@NAMES.rule(40, "names-differ-only-in-case", Severity.ERROR)
def names_differ_only_in_case(package: Package) -> Iterator[Problem]:
    """No two files have the same name but for upper and lower case.

    On Windows servers, Macs and in the Moodle app on some devices the second one overwrites the first.
    Rename one.
    """
    seen: dict[str, str] = {}
    for path in package.tree:
        other = seen.setdefault(path.lower(), path)
        if other != path:
            message = f"{path} and {other} differ only in upper and lower case"
            yield Problem(_in(package, path), message, "rename one of them, and the links to it")


@NAMES.rule(41, "same-base-name", Severity.WARNING)
def same_base_name(package: Package) -> Iterator[Problem]:
    """No two different files have the same name in different folders.

    Open edX finds the files of a SCORM package by their base names: of two files called `bilde.png` it
    shows one in both places. Files of equal content do no harm. Give each file a name of its own.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for path in package.tree:
        if not is_junk(path):
            groups[path.rpartition("/")[2]].append(path)
    doubled = [paths[1] for paths in groups.values() if len(paths) > 1 and _differ(package, paths)]
    hint = "give each file a name of its own"
    yield from _summed(package, doubled, "other folders hold different files of the same name", hint)


def _differ(package: Package, paths: list[str]) -> bool:
    files = [package.tree[path] for path in paths]
    if len({file.size for file in files}) > 1:
        return True
    if files[0].size >= LARGE:
        return True
    package.clock.check()
    # By their sums: a thousand files of one name and size would not find room beside each other.
    return len({file.crc32 for file in files}) > 1


_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?|.*[. ]", re.IGNORECASE)


@NAMES.rule(42, "reserved-name", Severity.ERROR)
def reserved_name(package: Package) -> Iterator[Problem]:
    """No name is one that Windows keeps for itself or changes.

    `con`, `prn`, `aux`, `nul`, `com1` … `lpt9`, with any ending, can't be created on a Windows server; a
    dot or a space at the end of a name is cut off. The package can't be unpacked there, or its links fail.
    Rename the file.
    """
    for path in package.tree:
        if any(_RESERVED.fullmatch(part) for part in path.split("/")):
            yield Problem(_in(package, path), f"{path} has a name that Windows can't store", "rename it")


@NAMES.rule(43, "path-too-long", Severity.ERROR)
def path_too_long(package: Package) -> Iterator[Problem]:
    """No path has more than 255 characters.

    Moodle stops the import with a database error. Shorten the names of the folders and files.
    """
    for path in package.tree:
        if len(path) > LONGEST_PATH:
            message = f"a path of {len(path)} characters; {LONGEST_PATH} is the most"
            yield Problem(_in(package, path), message, "shorten the names of folders and files")


@NAMES.rule(44, "long-path", Severity.WARNING)
def long_path(package: Package) -> Iterator[Problem]:
    """Paths leave room for the folder that the LMS puts in front.

    Windows servers count 260 characters from the drive letter on, the LMS's own folders included. Up to 180
    characters inside the package are safe.
    """
    found = (path for path in package.tree if LONG_PATH < len(path) <= LONGEST_PATH)
    yield from _summed(package, found, f"paths of more than {LONG_PATH} characters", "shorten the names")


_SAFE = re.compile(r"[A-Za-z0-9._/-]+")


@NAMES.rule(45, "file-name-characters", Severity.WARNING)
def file_name_characters(package: Package) -> Iterator[Problem]:
    """Names are made of A-Z, a-z, 0-9, `-`, `_` and `.` only.

    æ, ø and å are stored in several ways in zips, and a number of LMSs lose them: openEQUELLA sees no
    package, Open edX fails, Chamilo drops `~`, Moodle takes `&<>"|':` out. Spaces break links in older
    importers. Rename the files.
    """
    found = (path for path in package.tree if not _SAFE.fullmatch(path))
    hint = "rename them with the letters a-z, digits, '-', '_' and '.', and the links to them"
    yield from _summed(package, found, "names with other characters than a-z, 0-9, '-', '_' and '.'", hint)


@NAMES.rule(46, "upper-case-name", Severity.NOTE)
def upper_case_name(package: Package) -> Iterator[Problem]:
    """Names are in lower case.

    Right as they are, but links must then match every capital: what works on the author's Windows machine
    is a 404 on a Linux server. Lower case everywhere leaves nothing to get wrong.
    """
    # Two names that differ only in case, and manifests, have rules of their own.
    manifests = set(package.manifests.values())
    found = (path for path in package.tree if path.lower() not in package.tree and path not in manifests)
    yield from _summed(package, found, "names with capital letters", "prefer lower-case names")


_SERVER = frozenset(
    {"php", "php3", "php4", "php5", "phtml", "phar", "py", "pyc", "pl", "cgi", "sh", "bash", "rb"}
    | {"jsp", "jspx", "asp", "aspx", "ashx", "cfm", "htaccess", "htpasswd", "jar", "war"}
    | {"exe", "bat", "cmd", "com", "msi", "scr", "dll", "vbs", "ps1", "lnk", "reg"}
)
_UNKNOWN_TO_SOME = frozenset(
    {"json", "mjs", "webmanifest", "avif", "wasm", "zip", "dat", "7z", "rar", "map", "odt", "odp"}
)


def extension(path: str) -> str:
    """The ending of a file name in lower case, without the dot; none if there is none."""
    name = path.rpartition("/")[2].lower()
    return name.rpartition(".")[2] if "." in name else ""


def blocked_everywhere(kind: str) -> bool:
    """Whether files of this kind, given by their ending, are programs for servers or Windows."""
    return kind in _SERVER


@NAMES.rule(47, "blocked-extension", Severity.ERROR)
def blocked_extension(package: Package) -> Iterator[Problem]:
    """No file is a program for servers or Windows.

    Docebo, CrossKnowledge and others refuse a package with `.php`, `.py`, `.asp`, `.exe`, `.htaccess` and
    their like, whatever is in it: they would be a way into the server. Leave them out; nothing in a course
    needs them.
    """
    for path in package.tree:
        if (kind := extension(path)) in _SERVER:
            message = f"files of the kind .{kind} are refused by several LMSs"
            yield Problem(_in(package, path), message, "leave it out of the package")


@NAMES.rule(48, "unusual-extension", Severity.NOTE)
def unusual_extension(package: Package) -> Iterator[Problem]:
    """Files are of kinds that every web server knows.

    Older IIS servers answer 404.3 for `.json`, `.mjs`, `.webmanifest`, `.avif`, `.wasm`, `.odt` and `.odp`,
    and Tovuti refuses zips inside zips. Put data into a `.js` file or the page, use `.js` for scripts, PNG,
    JPEG or SVG for pictures, PDF or DOCX for documents.
    """
    found = (path for path in package.tree if extension(path) in _UNKNOWN_TO_SOME)
    yield from _summed(package, found, "kinds of files that some web servers do not send", "use other kinds")


_JUNK = re.compile(
    r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini|\.git/.*|\.svn/.*|\._[^/]*|[^/]*~)",
    re.IGNORECASE,
)


def is_junk(path: str) -> bool:
    """Whether the operating system or an editor left the file behind."""
    return _JUNK.fullmatch(path) is not None


@NAMES.rule(49, "junk-file", Severity.WARNING)
def junk_file(package: Package) -> Iterator[Problem]:
    """The package holds nothing that the operating system or an editor left behind.

    `__MACOSX`, `.DS_Store`, `Thumbs.db` and the like do no good, make the package larger, and strict
    importers stumble over them. Zip with a program that leaves them out.
    """
    junk = (path for path in package.tree if is_junk(path))
    if found := summed(junk, "files that do not belong in a package"):
        yield Problem(_in(package, found[0]), found[1], "leave them out of the zip")


@NAMES.rule(50, "empty-file", Severity.WARNING)
def empty_file(package: Package) -> Iterator[Problem]:
    """No file is empty.

    An empty file is nearly always one that failed to be exported or copied. Export again, or leave it out.
    """
    empty = (
        path
        for path, file in package.tree.items()
        if not file.size and path not in package.manifests.values()
    )
    yield from _summed(package, empty, "files without content", "export them again, or leave them out")


@NAMES.rule(51, "large-package", Severity.WARNING)
def large_package(package: Package) -> Iterator[Problem]:
    """The package is small enough for the upload limits that LMSs come with.

    Many installations stop at 50 MB or less until an administrator raises the limit; learners on phones pay
    for every megabyte. Make videos smaller (1280 x 720 at about 1 Mbit/s is plenty), or split the course.
    Some limits by vendor: CrossKnowledge 200 MB, Cornerstone 250 MB, KnowBe4 1 GB.
    """
    size = package.tree.size
    if LARGE < size <= MOST_BYTES:
        limit = VERY_LARGE if size > VERY_LARGE else LARGE
        message = (
            f"the files have {size / (1 << 20):.0f} MB; over {limit >> 20} MB some LMSs refuse the upload"
        )
        yield Problem(package.whole, message, "make videos and pictures smaller, or split the course")


@NAMES.rule(52, "package-over-4-gb", Severity.ERROR, spec="APPNOTE.TXT 4.3.9.2")
def package_over_4_gb(package: Package) -> Iterator[Problem]:
    """The package has less than 4 GB.

    That is the most that the zip format of these standards can hold, and more than any LMS takes. Split the
    course.
    """
    if package.tree.size > MOST_BYTES:
        message = f"the files have {package.tree.size / (1 << 30):.1f} GB"
        yield Problem(package.whole, message, "make videos smaller, or split the course")


@NAMES.rule(53, "too-many-files", Severity.ERROR, spec="APPNOTE.TXT 4.4.22")
def too_many_files(package: Package) -> Iterator[Problem]:
    """The package has at most 65,535 files.

    That is the most that the zip format of these standards can list. A package of so many files holds
    something that does not belong in it, such as a folder of development tools.
    """
    if len(package.tree) > MOST_FILES:
        message = f"{len(package.tree):,} files; {MOST_FILES:,} is the most"
        yield Problem(package.whole, message, "leave out what the course does not use")
