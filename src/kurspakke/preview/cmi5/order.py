"""cmi5's rules for the order of statements in a session and in a registration (cmi5 9.3; 10.2.2)."""

from __future__ import annotations

from kurspakke.preview.cmi5 import terms
from kurspakke.preview.cmi5.form import moment_of
from kurspakke.preview.cmi5.rules import Table
from kurspakke.preview.cmi5.said import Said
from kurspakke.preview.sessions import End, Mode

ORDER: Table[Said] = Table()
RESENT: Table[Said] = Table()
"""For statements that are stored already: the LRS compares them, and nothing else is asked of them."""
_EITHER = frozenset({terms.PASSED, terms.FAILED})


@ORDER.rule(
    "9.3.6.0-2",
    "",
    "økten er forlatt (en ny er startet, eller LMS-et har avbrutt den) og tar ikke imot mer",
    "the session is abandoned (another was launched, or the LMS has ended it) and takes no more",
)
def after_abandoned(said: Said) -> str | None:
    """The LMS has said so in the record."""
    return "" if said.session.end is End.ABANDONED else None


@ORDER.rule(
    "9.3.0.0-4",
    "verb.id",
    "«{found}» før initialized; det første utsagnet i en økt er initialized med kategorien cmi5",
    "`{found}` before initialized; the first statement of a session is initialized with the category cmi5",
)
def before_initialized(said: Said) -> str | None:
    """To the LMS the AU is not there yet."""
    is_first = said.is_defined and said.verb == terms.INITIALIZED
    return None if is_first or said.earlier.begun else terms.short(said.verb)


@ORDER.rule(
    "9.3.0.0-4",
    "timestamp",
    "tidspunktet er før initialized i denne økten; rekkefølgen går etter tidspunktene",
    "the timestamp is before initialized of this session; the order goes by timestamps",
    refuses=False,
)
def dated_before_initialized(said: Said) -> str | None:
    """What an earlier session could not send is of that session."""
    return "" if said.earlier.begun and _is_before(said.timestamp, said.earlier.begun) else None


@ORDER.rule(
    "9.3.0.0-5",
    "verb.id",
    "«{found}» etter terminated; det siste utsagnet i en økt er terminated",
    "`{found}` after terminated; the last statement of a session is terminated",
)
def after_terminated(said: Said) -> str | None:
    """What was said before and only comes later by the network is taken (cmi5 9.3.8)."""
    over = said.earlier.over
    if not over or said.verb == terms.TERMINATED or not _is_before(over, said.timestamp):
        return None
    return terms.short(said.verb)


@RESENT.rule(
    "9.3.0.0-5",
    "id",
    "«{found}» er mottatt før, og sendes på nytt etter terminated",
    "`{found}` has been taken before, and is sent again after terminated",
)
def sent_again_after_terminated(said: Said) -> str | None:
    """Unless it comes with `terminated`: then the answer to the last request got lost."""
    return terms.short(said.verb) if said.earlier.over else None


@ORDER.rule(
    "9.3.0.0-2",
    "verb.id",
    "«{found}» for andre gang i økten",
    "`{found}` for the second time in the session",
)
def said_twice(said: Said) -> str | None:
    """A verb that cmi5 defines is used once in a session."""
    return terms.short(said.verb) if said.is_of_au and said.verb in said.earlier.verbs else None


@ORDER.rule(
    "9.3.0.0-3",
    "verb.id",
    "både passed og failed i samme økt",
    "both passed and failed in one session",
)
def passed_and_failed(said: Said) -> str | None:
    """A session has one verdict."""
    if not said.is_defined or said.verb not in _EITHER:
        return None
    return "" if (_EITHER - {said.verb}) & set(said.earlier.verbs) else None


@ORDER.rule(
    "9.3.0.0-6",
    "verb.id",
    "completed er sendt i en tidligere økt; det sendes én gang i en registrering",
    "completed was sent in an earlier session; it is sent once in a registration",
)
def completed_again(said: Said) -> str | None:
    """The AU keeps in its state what it has sent."""
    return "" if _again(said, terms.COMPLETED) else None


@ORDER.rule(
    "9.3.0.0-7",
    "verb.id",
    "passed er sendt i en tidligere økt; det sendes én gang i en registrering",
    "passed was sent in an earlier session; it is sent once in a registration",
)
def passed_again(said: Said) -> str | None:
    """The AU keeps in its state what it has sent."""
    return "" if _again(said, terms.PASSED) else None


@ORDER.rule(
    "9.3.0.0-8",
    "verb.id",
    "failed etter passed i en tidligere økt",
    "failed after passed in an earlier session",
)
def failed_after_passed(said: Said) -> str | None:
    """Who has passed has passed."""
    is_failed = said.is_defined and said.verb == terms.FAILED
    earlier = terms.PASSED in said.earlier.of_unit and terms.PASSED not in said.earlier.verbs
    return "" if is_failed and earlier else None


@ORDER.rule(
    "10.2.2.0-2",
    "verb.id",
    "«{found}» i modusen Browse; der vurderes ingenting",
    "`{found}` in the mode Browse; nothing is judged there",
)
def result_in_browse(said: Said) -> str | None:
    """The learner only looks around."""
    return _result_in(said, Mode.BROWSE)


@ORDER.rule(
    "10.2.2.0-3",
    "verb.id",
    "«{found}» i modusen Review; der vurderes ingenting",
    "`{found}` in the mode Review; nothing is judged there",
)
def result_in_review(said: Said) -> str | None:
    """The learner only looks again."""
    return _result_in(said, Mode.REVIEW)


@ORDER.rule(
    "10.2.1.0-4",
    "",
    "AU-en har ikke lest LMS.LaunchData før det første utsagnet",
    "the AU has not read LMS.LaunchData before its first statement",
    refuses=False,
)
def launch_data_not_read(said: Said) -> str | None:
    """There stand mode, mastery score and context template."""
    return "" if _first_without(said, terms.LAUNCH_DATA) else None


@ORDER.rule(
    "11.0.0.0-3",
    "",
    "AU-en har ikke lest cmi5LearnerPreferences før det første utsagnet; ikke alle LMS-er nekter da",
    "the AU has not read cmi5LearnerPreferences before its first statement; not every LMS refuses it for that",
)
def preferences_not_read(said: Said) -> str | None:
    """There stands whether the learner wants sound, and in which language."""
    return "" if _first_without(said, terms.PREFERENCES) else None


def _first_without(said: Said, document: str) -> bool:
    return not said.earlier.verbs and said.verb == terms.INITIALIZED and document not in said.session.read


def _again(said: Said, verb: str) -> bool:
    earlier = said.earlier
    return said.is_defined and said.verb == verb and verb in earlier.of_unit and verb not in earlier.verbs


def _result_in(said: Said, mode: Mode) -> str | None:
    is_result = said.is_defined and said.verb in terms.JUDGING
    return terms.short(said.verb) if is_result and said.session.mode is mode else None


def _is_before(one: str, other: str) -> bool:
    first, second = moment_of(one), moment_of(other)
    if first is None or second is None or first.tzinfo is None or second.tzinfo is None:
        return False
    return first < second
