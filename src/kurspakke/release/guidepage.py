"""What an import guide's page shows: the guide's texts filled, and what is known of the LMS beside the packages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kurspakke import filesize
from kurspakke.findings import ContentError, below
from kurspakke.profile import Profile, Step
from kurspakke.profiles import GENERIC, profile, profile_ids
from kurspakke.release.addresses import guide_page
from kurspakke.release.guide import Filling, Guide, OpenSlotError, Told, guide, guide_ids, guide_of
from kurspakke.release.guidescope import FORMAT_NAMES, Files, Scope, scopes
from kurspakke.release.lmslimits import Limit, limits
from kurspakke.release.offer import ModuleOffer
from kurspakke.release.places import Place
from kurspakke.release.publication import Publication
from kurspakke.release.reported import Reported, reported
from kurspakke.release.words import LANGUAGES
from kurspakke.rules.guides import course_guides, open_slot_finding
from kurspakke.shape import Shaped
from kurspakke.source import Source, profile_file


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A guide, ready to be shown in `language`.

    `place` is the locality whose packages it is about, None for the national ones; `known` tells whether the LMS is
    known to take the format; `completions` are modules that are done by the same rule.
    """

    id: str
    language: str
    name: str
    place: Place | None
    lead: Told
    format: str
    known: bool
    before: tuple[Told, ...]
    upload: tuple[Told, ...]
    completion: tuple[Told, ...]
    replace: tuple[Told, ...]
    trial: tuple[Told, ...]
    files: tuple[Files, ...]
    completions: tuple[tuple[ModuleOffer, ...], ...]
    reported: tuple[Reported, ...]
    limits: tuple[Limit, ...]
    generic: bool

    @property
    def path(self) -> str:
        """Where it lies in the release."""
        return guide_page(self.id, self.place.id if self.place else None, self.language)


@dataclass(frozen=True, slots=True)
class _Manual:
    """The texts about one LMS, those that come first, and what they leave out; and what is known of it."""

    id: str
    lms: Profile
    own: tuple[Shaped[Guide], ...]
    generic: tuple[Shaped[Guide], ...]


def guide_pages(publication: Publication) -> Mapping[tuple[str | None, str], tuple[GuidePage, ...]]:
    """The guides by edition and language: one for each LMS, the generic one last.

    Those for the national packages (None) are in each language, those of an edition in its own. What has packages
    for the web alone has no guides.

    Raises:
        ContentError: a slot that nothing fills.
    """
    manuals = {language: tuple(_manuals(publication.source, language)) for language in LANGUAGES}
    return {
        (scope.place.id if scope.place else None, scope.language): tuple(
            _page(publication, scope, manual) for manual in manuals[scope.language]
        )
        for scope in scopes(publication)
    }


def _manuals(source: Source, language: str) -> Iterator[_Manual]:
    """All for pages in a language. What a course has written, in either language, comes before the program's."""
    own = {(text.id, written_in): shaped for written_in, shaped, text in course_guides(source)}
    nearest = sorted(LANGUAGES, key=lambda each: each != language)

    def written(name: str) -> tuple[Shaped[Guide], ...]:
        return tuple(own[name, each] for each in nearest if (name, each) in own)

    generic = (*written(GENERIC), guide(GENERIC, language))
    names = [*guide_ids(), *(name for name, _ in own)]
    for name in dict.fromkeys([*(name for name in names if name != GENERIC), GENERIC]):
        yield _Manual(name, _profile(source, name), written(name) or (guide(name, language),), generic)


def _page(publication: Publication, scope: Scope, manual: _Manual) -> GuidePage:
    lms, language = manual.lms, scope.language
    form, known = _format(scope, lms)
    files = tuple(scope.files(form))
    filling = Filling((*manual.own, *manual.generic), _facts(publication, scope, lms, form))
    try:
        return GuidePage(
            id=manual.id,
            language=language,
            name=next(filter(None, (guide_of(shaped).name for shaped in manual.own)), lms.title),
            place=scope.place,
            lead=filling.lead(),
            format=FORMAT_NAMES[form],
            known=known,
            before=filling.lines("before"),
            upload=_upload(manual, filling, language),
            completion=filling.lines("completion"),
            replace=(*filling.lines("replace"), *_steps(lms.guide.replace, language)),
            trial=filling.lines("trial"),
            files=files,
            completions=_completions(files),
            reported=tuple(reported(publication.course, scope.offers, lms, language)),
            limits=tuple(limits(tuple(scope.packages(form)), lms, form, language)),
            generic=manual.id == GENERIC,
        )
    except OpenSlotError as error:
        finding = open_slot_finding(error)
        own_text = error.shaped.document.path in publication.source.shaped
        raise ContentError(
            below(publication.source.files.root, [finding]) if own_text else [finding]
        ) from None


def _upload(manual: _Manual, filling: Filling, language: str) -> tuple[Told, ...]:
    """The steps that are known of the LMS and the guide's own; the generic ones only where there are none."""
    steps = _steps(manual.lms.guide.upload, language)
    if steps and not any(guide_of(shaped).upload for shaped in manual.own):
        return steps
    return (*steps, *filling.lines("upload"))


def _steps(steps: Sequence[Step], language: str) -> tuple[Told, ...]:
    """What is known of the LMS, in bokmål where a profile has it in no other language."""
    return tuple(
        Told(step.nn, "nn", step) if language == "nn" and step.nn else Told(step.text, "nb", step)
        for step in steps
    )


def _profile(source: Source, name: str) -> Profile:
    """The program's profile of the LMS, or the course's own."""
    if name in profile_ids():
        return profile(name)
    from kurspakke.profiles.chosen import chosen

    return chosen(str(source.files.root / profile_file(name)))


def _format(scope: Scope, lms: Profile) -> tuple[str, bool]:
    """The format that packages are imported in, and whether the LMS is known to take it."""
    takes = lms.takes.value if lms.takes else ()
    fitting = [name for name in scope.formats if name in takes]
    return (fitting[0], True) if fitting else (scope.formats[0], False)


def _completions(files: Sequence[Files]) -> tuple[tuple[ModuleOffer, ...], ...]:
    """The modules, those together that are done by the same rule, each once in a group for all versions of it."""
    groups: dict[object, dict[str, ModuleOffer]] = {}
    for module in (module for each in files for module, _ in each.modules):
        rule = module.combined or (module.rules[0].require, module.rules[0].mastery)
        groups.setdefault(rule, {}).setdefault(module.id, module)
    return tuple(tuple(group.values()) for group in groups.values())


def _facts(publication: Publication, scope: Scope, lms: Profile, form: str) -> Mapping[str, str]:
    """What fills the slots (guide.py), by the first version where versions differ; what is not known is left out."""
    head, first = publication.course.head, next(scope.files(form)).modules
    alone = [pair for pair in first if not pair[0].combined] or list(first)
    limit, session, contact = lms.limits.package_megabytes, lms.limits.session_minutes, head.contact
    largest = max(package.bytes for package in scope.packages(form))
    facts = {
        "course": head.title,
        "version": head.version,
        "format": FORMAT_NAMES[form],
        "example": alone[0][1].record.path,
        "first_module": alone[0][0].title,
        "number": str(len(alone)),
        "minutes": str(sum(module.minutes for module, _ in alone)),
        "largest": filesize.shown(largest, scope.language),
        "limit": f"{limit.value} MB" if limit else "",
        "session": str(session.value) if session else "",
        "contact": ", ".join(filter(None, (contact.name, contact.email))) if contact else "",
        "web": next((package.path for package in scope.packages("web")), ""),
    }
    return {name: value for name, value in facts.items() if value}
