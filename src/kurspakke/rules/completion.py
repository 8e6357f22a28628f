"""Rules about finishing a module: that it can be done, and that the progress has room."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source, module_file
from kurspakke.state import ROOM, longest_state_of

COMPLETION: Family[Source] = Family("SRC", first=20)


@COMPLETION.rule(11, "completion-never", Severity.ERROR)
def completion_never(source: Source) -> Iterator[Problem]:
    """What a module requires can be reached.

    `questions` and `mastery` need questions (not opinions only), and `mastery` needs a `mastery_score`; otherwise
    nobody ever completes it.
    """
    for module in source.course.modules if source.course else ():
        require = module.head.completion.require
        asked = [found for component in module.components() for _, found in component.interactions()]
        questions = any(interaction.is_judged for interaction in asked)
        place = source.locate(module_file(module.id), "completion", "require")
        if {"questions", "mastery"} & set(require) and not questions and module.whole:
            yield Problem(
                place, "the module has no questions to answer", "require pages only, or add questions"
            )
        elif "mastery" in require and module.head.mastery_score is None:
            yield Problem(
                place, "mastery is required, but there is no mastery_score", "add `mastery_score:` (percent)"
            )


@COMPLETION.rule(14, "state-too-large", Severity.ERROR, spec="SCORM 1.2 RTE 3.4.4, cmi.suspend_data")
def state_too_large(source: Source) -> Iterator[Problem]:
    """What the LMS keeps of a learner's progress has room for the whole module.

    SCORM 1.2 gives 4,096 characters. What does not fit is cut or refused, and the learner starts all over again. A page
    takes three characters, a question four and one for each option, a typed answer 80; divide a module that needs more.
    """
    for module in source.course.modules if source.course else ():
        longest = longest_state_of([module])
        if longest > ROOM:
            message = (
                f"a learner's progress could take {longest:,} characters; SCORM 1.2 has room for {ROOM:,}"
            )
            yield Problem(source.locate(module_file(module.id), "pages"), message, "divide the module in two")
