"""HTM-020 to HTM-039: pictures, links, forms, media, frames and tables of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kurspakke.findings import Severity
from kurspakke.htmlpage import Element, Page, tag_of
from kurspakke.htmltext import text_of
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.html import PackagePage

CONTENT: Family[PackagePage] = Family("HTM")


def _is_hidden(element: Element) -> bool:
    """Whether assistive technology is told to pass by."""
    return any(
        part.get("aria-hidden") == "true" or part.get("hidden") is not None
        for part in (element, *element.iterancestors())
    )


def _is_labelled(page: Page, element: Element) -> bool:
    """Whether an attribute gives the element a name, without looking at what is in it."""
    if (element.get("aria-label") or element.get("title") or "").strip():
        return True
    names = (element.get("aria-labelledby") or "").split()
    return any(name in page.ids for name in names)


@CONTENT.rule(20, "missing-alt", Severity.WARNING, spec="WCAG 2.1, 1.1.1")
def missing_alt(subject: PackagePage) -> Iterator[Problem]:
    """Every picture has an `alt`: words for what it shows, or nothing (`alt=""`) if it is decoration.

    Without the attribute screen readers read out the name of the file.
    """
    page = subject.page
    pictures = [*page.all("img", "area"), *(each for each in page.all("input") if _type(each) == "image")]
    for picture in pictures:
        silent = picture.get("role") in {"presentation", "none"} or (
            picture.tag == "area" and not picture.get("href")
        )
        if (
            picture.get("alt") is None
            and not silent
            and not _is_labelled(page, picture)
            and not _is_hidden(picture)
        ):
            source = picture.get("src") or tag_of(picture)
            hint = 'add alt with what it shows, or alt="" for decoration'
            yield Problem(subject.at(picture), f"the picture {source[:80]} has no alt", hint)


@CONTENT.rule(21, "file-name-as-alt", Severity.WARNING, spec="WCAG 2.1, 1.1.1")
def file_name_as_alt(subject: PackagePage) -> Iterator[Problem]:
    """A picture's `alt` is words, not the name of a file.

    Authoring tools fill it in when the author does not. It tells a blind reader no more than no `alt` at
    all.
    """
    for picture in subject.page.all("img"):
        if re.fullmatch(
            r"\S+\.(?:png|jpe?g|gif|svg|webp|avif|bmp)", (picture.get("alt") or "").strip(), re.IGNORECASE
        ):
            message = f"alt is {picture.get('alt')!r}"
            yield Problem(
                subject.at(picture), message, 'write what the picture shows, or alt="" for decoration'
            )


def _type(element: Element) -> str:
    return (element.get("type") or "").strip().lower()


_UNSEEN = {"hidden", "submit", "button", "reset", "image"}


@CONTENT.rule(22, "unlabelled-control", Severity.WARNING, spec="WCAG 2.1, 1.3.1 and 4.1.2")
def unlabelled_control(subject: PackagePage) -> Iterator[Problem]:
    """Every field of a form has a label that belongs to it.

    By `<label for>`, by standing inside the label, or by `aria-label` or `aria-labelledby`. A text beside
    the field is no label to a screen reader, nor to whoever clicks on it.
    """
    page = subject.page
    labelled = {
        label.get("for") for label in page.all("label") if page.name_of(label) or label.get("aria-label")
    }
    for control in page.all("input", "select", "textarea"):
        if control.tag == "input" and _type(control) in _UNSEEN:
            continue
        inside = next(control.iterancestors("label"), None)
        known = control.get("id") in labelled or (inside is not None and bool(page.name_of(inside)))
        if not known and not _is_labelled(page, control) and not _is_hidden(control):
            hint = 'add <label for="…"> with the id of the field'
            yield Problem(subject.at(control), f"this {tag_of(control)} has no label", hint)


@CONTENT.rule(23, "group-without-name", Severity.WARNING, spec="WCAG 2.1, 1.3.1 and 3.3.2")
def group_without_name(subject: PackagePage) -> Iterator[Problem]:
    """Radio buttons that belong together stand in a group with a name: the question they answer.

    A `fieldset` with a `legend`, or `role="radiogroup"` with a label. Otherwise a screen reader says "yes,
    radio button" without the question.
    """
    page = subject.page
    seen: set[str] = set()
    groups = {
        element for element in (*page.all("fieldset"), *page.having("role")) if _names_group(page, element)
    }
    for button in page.all("input"):
        name = button.get("name") or ""
        if _type(button) != "radio" or name in seen:
            continue
        seen.add(name)
        if groups.isdisjoint(button.iterancestors()) and not _is_hidden(button):
            hint = "put them into <fieldset> with the question as <legend>"
            yield Problem(
                subject.at(button), f"the radio buttons {name[:60]!r} have no group with a name", hint
            )


def _names_group(page: Page, element: Element) -> bool:
    if element.tag == "fieldset":
        return any(text_of(legend) for legend in element.iterchildren("legend")) or _is_labelled(
            page, element
        )
    return element.get("role") in {"radiogroup", "group"} and _is_labelled(page, element)


@CONTENT.rule(24, "empty-link", Severity.WARNING, spec="WCAG 2.1, 2.4.4 and 4.1.2")
def empty_link(subject: PackagePage) -> Iterator[Problem]:
    """Every link has words: its text, the `alt` of its picture, or an `aria-label`.

    Otherwise a screen reader reads out the address.
    """
    page = subject.page
    for link in page.all("a"):
        if (
            link.get("href") is not None
            and not page.name_of(link)
            and not _is_labelled(page, link)
            and not _is_hidden(link)
        ):
            yield Problem(
                subject.at(link), "this link has no words", "write where it leads, or give its picture an alt"
            )


@CONTENT.rule(25, "empty-button", Severity.WARNING, spec="WCAG 2.1, 4.1.2")
def empty_button(subject: PackagePage) -> Iterator[Problem]:
    """Every button has words: its text, the `alt` of its picture, or an `aria-label`.

    Otherwise a screen reader says "button", and nobody knows what it does.
    """
    page = subject.page
    for button in page.all("button"):
        if not page.name_of(button) and not _is_labelled(page, button) and not _is_hidden(button):
            yield Problem(
                subject.at(button), "this button has no words", "write what it does, or add aria-label"
            )


@CONTENT.rule(26, "untitled-frame", Severity.WARNING, spec="WCAG 2.1, 4.1.2 and 2.4.1")
def untitled_frame(subject: PackagePage) -> Iterator[Problem]:
    """Every frame has a `title` that says what is in it.

    A screen reader asks by it whether to go in; without, it reads out the address.
    """
    page = subject.page
    for frame in page.all("iframe", "frame"):
        if not _is_labelled(page, frame) and not _is_hidden(frame):
            yield Problem(
                subject.at(frame), f"this {tag_of(frame)} has no title", "add title with what it shows"
            )


@CONTENT.rule(27, "video-without-captions", Severity.WARNING, spec="WCAG 2.1, 1.2.2")
def video_without_captions(subject: PackagePage) -> Iterator[Problem]:
    """Every video has captions: a `track` of the kind `captions` or `subtitles`.

    People who do not hear, or sit where they can't have the sound on, get nothing without. A video that is
    muted and only moves is decoration: mark it `muted` and `aria-hidden`.
    """
    for video in subject.page.all("video"):
        kinds = {(track.get("kind") or "subtitles").lower() for track in video.iter("track")}
        decoration = video.get("muted") is not None and _is_hidden(video)
        if not kinds & {"captions", "subtitles"} and not decoration:
            hint = 'add <track kind="captions" srclang="nb" src="….vtt">'
            yield Problem(subject.at(video), "this video has no captions", hint)


@CONTENT.rule(28, "media-starts-by-itself", Severity.WARNING, spec="WCAG 2.1, 1.4.2")
def media_starts_by_itself(subject: PackagePage) -> Iterator[Problem]:
    """No sound or video starts by itself.

    It drowns the screen reader, and browsers block it anyway.
    """
    for media in subject.page.all("video", "audio"):
        if media.get("autoplay") is not None and media.get("muted") is None:
            yield Problem(subject.at(media), f"this {tag_of(media)} starts by itself", "take autoplay out")


@CONTENT.rule(29, "table-without-headers", Severity.WARNING, spec="WCAG 2.1, 1.3.1")
def table_without_headers(subject: PackagePage) -> Iterator[Problem]:
    """A table of data has header cells (`th`).

    By them a screen reader says what a number is about. A table that only arranges things has
    `role="presentation"`.
    """
    for table in subject.page.all("table"):
        if table in subject.headed or table.get("role") in {"presentation", "none"}:
            continue
        if len(list(islice(table.iter("td"), 2))) > 1 and not _is_hidden(table):
            hint = 'make the first row or column <th>, or add role="presentation"'
            yield Problem(subject.at(table), "this table has no header cells", hint)
