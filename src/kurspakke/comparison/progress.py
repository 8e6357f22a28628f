"""Changes in what a learner's saved progress hangs on inside the content: pages, questions, and when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kurspakke.comparison.change import Change, Effect
from kurspakke.comparison.facts import Facts
from kurspakke.comparison.player import Player, Question


def own(check: Callable[[Player, Player], Iterator[Change]]) -> Callable[[Facts, Facts], Iterator[Change]]:
    """A check of what the player knows, for packages that both have our player."""

    def of_facts(old: Facts, new: Facts) -> Iterator[Change]:
        if old.player and new.player:
            yield from check(old.player, new.player)

    of_facts.__doc__ = check.__doc__
    return of_facts


def unknown_player(old: Facts, new: Facts) -> Iterator[Change]:
    """Content by others keeps its place in ways of its own."""
    if (old.player is None) != (new.player is None):
        yield Change(
            "player-changed",
            Effect.LOSES,
            new.path,
            "one of the packages is made by kurspakke, the other is not",
            "neither can read what the other has saved: learners begin again",
        )
    elif old.player is None and old.files != new.files:
        yield Change(
            "player-unknown",
            Effect.CHANGES,
            new.path,
            "how this content saves a learner's place is not known",
            "try it: begin with the old package, replace it in a test course, and see that you go on where you were",
        )


def _only(these: Mapping[str, object], those: Mapping[str, object]) -> list[str]:
    """The keys that only the first one has, in its order."""
    return [name for name in these if name not in those]


@own
def state(old: Player, new: Player) -> Iterator[Change]:
    """The form in which progress is saved: a newer player reads older forms, not the other way."""
    if new.state < old.state:
        yield Change(
            "state-older",
            Effect.LOSES,
            str(new.state),
            f"progress was saved in form {old.state}, and the new package reads up to form {new.state}",
            "it was built with an older kurspakke: build it again with the newer one",
        )


@own
def version(old: Player, new: Player) -> Iterator[Change]:
    """A version that goes back is most often a mix-up."""
    before, after = _numbers(old.version), _numbers(new.version)
    if after < before:
        yield Change(
            "version-older",
            Effect.CHANGES,
            new.version,
            f"the course's version goes back from {old.version} to {new.version}",
            "see that the two packages are not given the wrong way round",
        )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())


@own
def language(old: Player, new: Player) -> Iterator[Change]:
    """Another language under the same identifiers."""
    if old.language != new.language:
        yield Change(
            "language-changed",
            Effect.CHANGES,
            new.language,
            f"the language was {old.language} and is {new.language}",
            "progress is kept, but learners who were under way go on in another language",
        )


@own
def activity(old: Player, new: Player) -> Iterator[Change]:
    """The activity that statements are about."""
    if old.activity != new.activity:
        yield Change(
            "activity-changed",
            Effect.LOSES,
            new.activity,
            f"statements were about {old.activity} and are about {new.activity}",
            "an LRS keeps results and progress by this id: keep activity_base and the ids as they were",
        )


@own
def pages(old: Player, new: Player) -> Iterator[Change]:
    """Pages that are gone, and new ones."""
    for name in _only(old.pages, new.pages):
        yield Change(
            "page-gone",
            Effect.CHANGES,
            name,
            f"the page «{name}» ({old.pages[name]}) is gone",
            "what was read and answered there is forgotten; who stood there goes on at the first page. "
            "If the page only has another name now, give it its old id back",
        )
    for name in _only(new.pages, old.pages):
        yield Change(
            "page-added",
            Effect.CHANGES,
            name,
            f"the page «{name}» ({new.pages[name]}) is new",
            "those who are done stay done; those under way have one more to read",
        )
    both = [name for name in old.pages if name in new.pages]
    if both != [name for name in new.pages if name in old.pages]:
        yield Change(
            "pages-moved",
            Effect.HARMLESS,
            "",
            "the pages come in another order",
            "progress is kept by the pages' ids, not by their places",
        )


@own
def questions(old: Player, new: Player) -> Iterator[Change]:
    """Questions that are gone, new, or not the same any more."""
    for name, before in old.questions.items():
        after = new.questions.get(name)
        if after is None:
            yield Change(
                "question-gone",
                Effect.CHANGES,
                name,
                f"the question «{name}» ({before.title}) is gone",
                "earlier answers stay in the LMS's reports, and no longer count for anything",
            )
        else:
            yield from _question(name, before, after)
    for name in _only(new.questions, old.questions):
        yield Change(
            "question-added",
            Effect.CHANGES,
            name,
            f"the question «{name}» ({new.questions[name].title}) is new",
            "those who are done stay done; those under way have one more to answer",
        )


def _question(name: str, before: Question, after: Question) -> Iterator[Change]:
    if before.type != after.type:
        yield Change(
            "question-type-changed",
            Effect.LOSES,
            name,
            f"the question «{name}» was of the type {before.type} and is of the type {after.type}",
            "saved answers can't be read, and reports mix two questions: give the new one an id of its own",
        )
        return
    if _permuted(before, after):
        yield Change(
            "options-exchanged",
            Effect.LOSES,
            name,
            f"options of «{name}» have changed letters among themselves",
            "a saved «a» now means another option: leave each option its letter, and move the lines instead",
        )
    elif before.parts.keys() - after.parts.keys():
        yield Change(
            "options-gone",
            Effect.CHANGES,
            name,
            f"options of «{name}» are gone: {', '.join(sorted(before.parts.keys() - after.parts.keys()))}",
            "who had chosen one of them has to answer again",
        )
    if before.right != after.right:
        yield Change(
            "key-changed",
            Effect.CHANGES,
            name,
            f"what is right in «{name}» was {_key(before)} and is {_key(after)}",
            "answers already reported keep their verdict; saved ones are judged anew when the learner comes back",
        )


def _permuted(before: Question, after: Question) -> bool:
    """Whether a letter now has the words that another letter had."""
    other = {words: letter for letter, words in before.parts.items()}
    return any(other.get(words, letter) != letter for letter, words in after.parts.items())


def _key(question: Question) -> str:
    return ", ".join(question.right) or "nothing"


@own
def surveys(old: Player, new: Player) -> Iterator[Change]:
    """How a survey is scored: answers are kept in the browser and scored when shown."""
    for name in sorted(old.surveys.keys() & new.surveys.keys()):
        if old.surveys[name] != new.surveys[name]:
            yield Change(
                "survey-scoring-changed",
                Effect.CHANGES,
                name,
                f"the survey «{name}» has other statements or is scored in another way",
                "results of before and after the change can't be compared",
            )


@own
def completion(old: Player, new: Player) -> Iterator[Change]:
    """When a module is done."""
    for name in sorted(old.rules.keys() & new.rules.keys()):
        if old.rules[name] != new.rules[name]:
            yield Change(
                "completion-rule-changed",
                Effect.CHANGES,
                name,
                f"{name} was {old.rules[name]} and is {new.rules[name]}",
                "those who are done stay done; those under way are judged by the new rule",
            )
