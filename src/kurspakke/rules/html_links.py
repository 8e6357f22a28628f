"""HTM-030 to HTM-033: where links lead, and what they call it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.hrefs import Reach, folder_of, resolve
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.html import PackagePage

LINKS: Family[PackagePage] = Family("HTM")

_VAGUE = frozenset(
    {
        "her",
        "klikk her",
        "trykk her",
        "se her",
        "les her",
        "les mer",
        "les mer her",
        "mer",
        "se mer",
        "vis mer",
    }
    | {"lenke", "link", "lenken", "denne", "denne lenken", "les meir", "les meir her", "meir", "sjå her"}
    | {"klikk", "trykk", "gå", "gå hit", "hit", "last ned", "last ned her", "åpne", "info"}
    | {
        "here",
        "click here",
        "click",
        "read more",
        "more",
        "learn more",
        "see more",
        "this",
        "this link",
        "go",
    }
    | {"more info", "more information", "details", "download"}
)
_NO_WORD = re.compile(r"[^\w ]")
_LONG_ADDRESS = 40


@LINKS.rule(30, "vague-link-text", Severity.NOTE, spec="WCAG 2.1, 2.4.4")
def vague_link_text(subject: PackagePage) -> Iterator[Problem]:
    """A link's words say where it leads: not «her», «les mer» or «klikk her».

    Screen reader users go through the links of a page as a list, and a list of «her» says nothing. The words
    around it can save it by the letter of WCAG, so this is a note. Make the name of the target the link.
    """
    for link, name in subject.links:
        if _NO_WORD.sub("", name).strip().lower() in _VAGUE:
            yield Problem(subject.at(link), f"the link says «{name}»", "name what it leads to")


@LINKS.rule(31, "address-as-link-text", Severity.NOTE, spec="WCAG 2.1, 2.4.4")
def address_as_link_text(subject: PackagePage) -> Iterator[Problem]:
    """A link's words are words, not a long address.

    A screen reader spells out every sign of it. A short one (`www.ks.no`) is a name as good as any, and on
    paper an address helps: write the name as the link, and let the style sheet print the address.
    """
    for link, name in subject.links:
        if len(name) > _LONG_ADDRESS and re.match(r"(?:https?://|www\.)\S+$", name):
            yield Problem(subject.at(link), f"the link says «{name[:60]}…»", "name what it leads to")


@LINKS.rule(32, "same-words-for-other-target", Severity.NOTE, spec="WCAG 2.1, 2.4.4")
def same_words_for_other_target(subject: PackagePage) -> Iterator[Problem]:
    """Links of the same words on a page lead to the same place.

    Five times «Last ned arket» in a list of links are five riddles. Say what differs: «Last ned arket for
    skoler». Words that the text around them explains satisfy WCAG, so this is a note.
    """
    folder = folder_of(subject.page.path)
    seen: dict[str, str] = {}
    told: set[str] = set()
    links = [(link, name, name.lower()) for link, name in subject.links]
    times = Counter(words for _, _, words in links)
    for link, name, words in links:
        if times[words] == 1:  # most are, and need not be resolved
            continue
        href = resolve(link.get("href") or "", folder)
        target = f"{href.path}?{href.query}" if href.reach is Reach.INSIDE else href.written.strip()
        if not words or words in _VAGUE or target.startswith(("#", "javascript:")):
            continue
        if seen.setdefault(words, target) != target and words not in told:
            told.add(words)
            message = f"«{name[:60]}» leads to {seen[words][:80]} and to {target[:80]}"
            yield Problem(subject.at(link), message, "say in each link what differs")


@LINKS.rule(33, "link-out-of-the-frame", Severity.WARNING, spec="HTML, 7.3.1.7")
def link_out_of_the_frame(subject: PackagePage) -> Iterator[Problem]:
    """No link or form replaces the LMS: `target="_top"`.

    A course is played in a frame of the LMS. Such a link throws the LMS out with its API: the session is never
    finished, and the learner can't come back. Leave `target` out, or write `_blank`. So it is with `_parent`,
    unless the package has frames of its own.
    """
    framed = subject.package.has_frames
    for element in subject.page.all("a", "area", "form", "base"):
        target = (element.get("target") or "").strip().lower()
        if target == "_top" or (target == "_parent" and not framed):
            yield Problem(
                subject.at(element), f"target={target} leaves the LMS", "take it out, or write _blank"
            )
