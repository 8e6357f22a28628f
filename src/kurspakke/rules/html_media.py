"""HTM-034 to HTM-043: films, sound, plug-ins, and pictures that say too much or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.htmlpage import Element, Page, tag_of
from kurspakke.htmltext import text_of
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.html import PackagePage

MEDIA: Family[PackagePage] = Family("HTM")


def _kind(track: Element) -> str:
    return (track.get("kind") or "subtitles").strip().lower()


@MEDIA.rule(34, "captions-not-webvtt", Severity.WARNING, spec="WCAG 2.1, 1.2.2; HTML, 4.8.13")
def captions_not_webvtt(subject: PackagePage) -> Iterator[Problem]:
    """A `track` names a WebVTT file (`.vtt`).

    Browsers read nothing else: with SubRip (`.srt`), TTML or other forms the film has no captions, and nobody
    is told. Export captions as WebVTT.
    """
    for track in subject.page.all("track"):
        source = (track.get("src") or "").partition("?")[0].partition("#")[0].strip().lower()
        if source.endswith((".srt", ".ttml", ".dfxp", ".sub", ".sbv", ".xml", ".txt", ".ass")):
            yield Problem(
                subject.at(track), f"browsers can't read {source[-60:]}", "export it as WebVTT (.vtt)"
            )


@MEDIA.rule(35, "captions-without-language", Severity.NOTE, spec="HTML, 4.8.13; WCAG 2.1, 3.1.2")
def captions_without_language(subject: PackagePage) -> Iterator[Problem]:
    """A `track` with captions says its language: `srclang="nb"`.

    HTML asks for it in subtitles, and players choose by it. With several tracks the learner sees «ukjent
    språk».
    """
    for track in subject.page.all("track"):
        if _kind(track) in {"captions", "subtitles"} and not (track.get("srclang") or "").strip():
            yield Problem(subject.at(track), "the captions do not say their language", 'add srclang="nb"')


_TRANSCRIPT = re.compile(
    r"transkrip|transcript|tekstversjon|tekstutgave|avskrift|manus|det som blir sagt|lydtekst"
)
_DESCRIBED = re.compile(r"synstolk|audio descri|audiodescri|lydbeskriv|tekstbeskriv|forteller alt|skildr")


def _says(page: Page, words: re.Pattern[str]) -> bool:
    return words.search(page.words.lower()) is not None


@MEDIA.rule(36, "sound-without-transcript", Severity.NOTE, spec="WCAG 2.1, 1.2.1")
def sound_without_transcript(subject: PackagePage) -> Iterator[Problem]:
    """A page with a sound recording has what is said as text, and calls it so.

    People who do not hear get nothing else. This looks for words such as «transkripsjon»; whether the text is
    there and complete must be judged by a person.
    """
    page = subject.page
    heard = [audio for audio in page.all("audio") if audio.get("controls") is not None]
    if heard and not _says(page, _TRANSCRIPT):
        message = "the page has sound, and nothing that calls itself a transcript"
        yield Problem(subject.at(heard[0]), message, "put what is said below it, under «Transkripsjon»")


@MEDIA.rule(37, "video-without-audio-description", Severity.NOTE, spec="WCAG 2.1, 1.2.3 and 1.2.5")
def video_without_audio_description(subject: PackagePage) -> Iterator[Problem]:
    """A page with a film says how those who do not see it get what it shows.

    Public bodies in Norway must describe films published since 1 February 2024 in sound (synstolking): in the
    film itself, in a second version, or not at all where the sound says everything; then say that. This looks
    for a `track` of the kind `descriptions` and for words such as «synstolking»; the rest must be judged by a
    person.
    """
    page = subject.page
    films = [film for film in page.all("video") if film.get("muted") is None]
    tracked = any(_kind(track) == "descriptions" for film in films for track in film.iter("track"))
    if films and not tracked and not _says(page, _DESCRIBED):
        message = "nothing says how the film is described to those who do not see it"
        yield Problem(
            subject.at(films[0]), message, "add a version with synstolking, or say that none is needed"
        )


@MEDIA.rule(38, "media-without-controls", Severity.WARNING, spec="WCAG 2.1, 1.4.2, 2.1.1 and 2.2.2")
def media_without_controls(subject: PackagePage) -> Iterator[Problem]:
    """Sound and film can be started and stopped: `controls`.

    On a page without scripts nothing else can do it: without `controls` it can't be started, or never be
    stopped. A short silent loop of decoration is `muted` and `aria-hidden`.
    """
    page = subject.page
    if page.all("script"):
        return
    for media in page.all("video", "audio"):
        decoration = media.get("muted") is not None and media.get("aria-hidden") == "true"
        if media.get("controls") is None and not decoration:
            yield Problem(subject.at(media), f"this {tag_of(media)} has no controls", "add controls")


_DEAD = re.compile(
    r"\.(?:swf|dcr|class|xap|flv)(?:[?#]|$)|shockwave|x-java-applet|silverlight|x-director", re.IGNORECASE
)


@MEDIA.rule(39, "plug-in-content", Severity.WARNING, spec="HTML, 4.8.6")
def plug_in_content(subject: PackagePage) -> Iterator[Problem]:
    """Nothing needs a plug-in: Flash, Shockwave, Java or Silverlight.

    Browsers have played none of them since 2021: learners see an empty box. Export the content as HTML5. A
    substitute inside the `object` is fine.
    """
    for element in subject.page.all("applet", "embed", "object"):
        written = " ".join(element.get(name) or "" for name in ("data", "src", "type", "classid"))
        dead = tag_of(element) == "applet" or _DEAD.search(written)
        inside = next(element.iterancestors("object"), None)
        if dead and inside is None and not _has_substitute(element):
            yield Problem(
                subject.at(element), "this needs a plug-in that no browser has", "export it as HTML5"
            )


def _has_substitute(element: Element) -> bool:
    playing = (part for part in element.iter("img", "video", "audio", "a", "iframe", "canvas", "svg"))
    return next(playing, None) is not None


@MEDIA.rule(40, "moving-text", Severity.WARNING, spec="WCAG 2.1, 2.2.2; HTML, 16.2")
def moving_text(subject: PackagePage) -> Iterator[Problem]:
    """No text runs or blinks (`marquee`, `blink`).

    It can't be stopped, and nobody with dyslexia or a screen magnifier can read it.
    """
    for element in subject.page.all("marquee", "blink"):
        yield Problem(subject.at(element), f"this text moves ({tag_of(element)})", "write it as plain text")


_LONGEST_ALT = 250


@MEDIA.rule(41, "long-alt", Severity.NOTE, spec="WCAG 2.1, 1.1.1 and 1.4.5")
def long_alt(subject: PackagePage) -> Iterator[Problem]:
    """An `alt` is a sentence or two, at most 250 characters.

    A screen reader reads it in one go, without headings or a way back. So much often means that the picture
    holds text: write that in the page, where everybody can enlarge, copy and translate it, and say in `alt`
    what the picture is.
    """
    for picture in subject.page.all("img"):
        alt = (picture.get("alt") or "").strip()
        if len(alt) > _LONGEST_ALT:
            message = f"the alt has {len(alt)} characters: is there text in the picture?"
            yield Problem(subject.at(picture), message, "put the text into the page, and shorten alt")


_PICTURE_OF = re.compile(
    r"(?:et )?(?:bilde|bilete|bildet|foto|fotografi|illustrasjon) (?:av|som viser)\b"
    r"|(?:an? )?(?:image|picture|photo|graphic) of\b"
)


@MEDIA.rule(42, "alt-says-picture", Severity.NOTE, spec="WCAG 2.1, 1.1.1")
def alt_says_picture(subject: PackagePage) -> Iterator[Problem]:
    """An `alt` says what the picture shows, without «bilde av» in front.

    The screen reader has said already that there is a picture. That it is a drawing or a photo may be worth
    saying where it matters.
    """
    for picture in subject.page.all("img"):
        found = _PICTURE_OF.match((picture.get("alt") or "").strip().lower())
        if found:
            yield Problem(subject.at(picture), f"alt begins with «{found[0]}»", "leave these words out")


@MEDIA.rule(43, "unnamed-image-role", Severity.WARNING, spec="WCAG 2.1, 1.1.1")
def unnamed_image_role(subject: PackagePage) -> Iterator[Problem]:
    """What has `role="img"` has a name: `aria-label`, `aria-labelledby`, or a `title` in the drawing.

    Its contents are hidden from screen readers by that role, so that without a name nothing is left.
    """
    for element in subject.page.having("role"):
        if element.get("role") != "img" or element.get("aria-hidden") == "true":
            continue
        named = any(
            (element.get(name) or "").strip() for name in ("aria-label", "aria-labelledby", "title", "alt")
        )
        titled = any(text_of(title) for title in element.iter("title"))
        if not named and not titled:
            message = f'this {tag_of(element)} with role="img" has no name'
            yield Problem(subject.at(element), message, "add aria-label, or <title> first in the svg")
