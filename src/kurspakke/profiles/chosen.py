"""The profiles that somebody asks for: by their ids, or as files that a questionnaire was filled in in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kurspakke import yamltree
from kurspakke.findings import KurspakkeError, UsageError, below, ordered
from kurspakke.limits import Clock
from kurspakke.profile import Profile
from kurspakke.profiles import profile, profile_ids
from kurspakke.rules.reading import READING
from kurspakke.rules.suggest import did_you_mean
from kurspakke.shape import shape

_ENDINGS = (".yaml", ".yml")


@cache
def chosen(word: str) -> Profile:
    """The profile that `word` stands for: an id, or the path of a file.

    Raises:
        UsageError: there is no profile of this id, or the file is none; then it says why, with places.
        KurspakkeError: the file can't be read.
    """
    if word.endswith(_ENDINGS):
        return _read(Path(word))
    if word not in profile_ids():
        hint = did_you_mean(
            word, profile_ids(), f"there are {', '.join(profile_ids())}, or name a .yaml file"
        )
        raise UsageError(f"there is no LMS profile «{word}»", hint)
    return profile(word)


def _read(path: Path) -> Profile:
    try:
        data = path.read_bytes()
    except OSError as error:
        hint = "make one with `kurspakke profile new`"
        raise KurspakkeError(f"can't read {path}: {error.strerror or error}", hint) from error
    shaped = shape(yamltree.read(data, path.name), Profile)
    if shaped.value is None:
        # A rule says it to the point, and a profile that is asked for is no content to report on.
        findings = ordered(below(path.parent, READING.findings(shaped, Clock())))
        faults = [f"{finding.location} {finding.message}: {finding.hint}" for finding in findings]
        hint = "mend it there; what stays empty after `value:` is not known"
        raise UsageError("\n".join((f"{path} is not a profile:", *faults)), hint)
    return shaped.value
