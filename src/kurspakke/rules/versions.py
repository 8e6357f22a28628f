"""Rules about media files' versions in other languages: whether packages have any use for them."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Location, Severity
from kurspakke.media import called_versions
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source

VERSIONS: Family[Source] = Family("SRC", first=56)


@VERSIONS.rule(0, "version-of-no-file", Severity.WARNING)
def version_of_no_file(source: Source) -> Iterator[Problem]:
    """A file's version in another language lies beside the file, under its name and the language.

    `traden.nn.svg` takes the place of `traden.svg` in packages in nynorsk. Where no page names `traden.svg`, no package
    has either. Pages name the file, not its version; captions are named in each language.
    """
    if not source.whole:
        return
    for one in called_versions(source):
        if not one.is_of_a_file:
            edition = one.home.edition
            what = f"nothing in the edition {edition} uses" if edition else "no page uses"
            yield Problem(
                Location(one.name), f"{what} {one.base}", "give it the name of a file in use, or remove it"
            )


@VERSIONS.rule(1, "version-in-no-language", Severity.WARNING)
def version_in_no_language(source: Source) -> Iterator[Problem]:
    """A file's version is in one of the languages that the course is translated to.

    One in another language is in no package; and in the language that the course is written in, the file itself is used.
    A local edition's version is for editions that inherit it in another language than it is written in.
    """
    if not source.whole:
        return
    languages = source.course.languages if source.course else ()
    for one in called_versions(source):
        home = one.home
        if not one.is_of_a_file or one.language in home.wanted:
            continue
        whose = f"the edition {home.edition}" if home.edition else "the course"
        if one.language == home.own:
            yield Problem(Location(one.name), f"{whose} is written in {home.own}", f"make it {one.base}")
        elif home.edition and one.language in languages:
            message = f"no edition in {one.language} inherits {home.edition}"
            yield Problem(Location(one.name), message, "remove the file, or let one inherit it")
        else:
            message = f"the course is not in {one.language}"
            hint = f"add {one.language} to `languages:`, or remove the file"
            yield Problem(Location(one.name), message, hint)
