"""The words of the cmi5 profile of xAPI: verbs, categories, extensions, activity types (cmi5 9.3 to 9.6)."""

from __future__ import annotations

_ADL = "http://adlnet.gov/expapi/verbs/"
_LMS = "https://w3id.org/xapi/adl/verbs/"
_CMI5 = "https://w3id.org/xapi/cmi5/"

LAUNCHED = f"{_ADL}launched"
INITIALIZED = f"{_ADL}initialized"
COMPLETED = f"{_ADL}completed"
PASSED = f"{_ADL}passed"
FAILED = f"{_ADL}failed"
TERMINATED = f"{_ADL}terminated"
ABANDONED = f"{_LMS}abandoned"
WAIVED = f"{_LMS}waived"
SATISFIED = f"{_LMS}satisfied"
VOIDED = f"{_ADL}voided"

OF_THE_AU = frozenset({INITIALIZED, COMPLETED, PASSED, FAILED, TERMINATED})
"""The verbs that an AU may use in statements that cmi5 defines."""
OF_THE_LMS = frozenset({LAUNCHED, ABANDONED, WAIVED, SATISFIED})
"""The verbs that belong to the LMS alone."""
JUDGING = frozenset({COMPLETED, PASSED, FAILED})
"""The verbs that report a result."""

CATEGORY = f"{_CMI5}context/categories/cmi5"
MOVE_ON_CATEGORY = f"{_CMI5}context/categories/moveon"

SESSION_ID = f"{_CMI5}context/extensions/sessionid"
MASTERY_SCORE = f"{_CMI5}context/extensions/masteryscore"
LAUNCH_MODE = f"{_CMI5}context/extensions/launchmode"
LAUNCH_URL = f"{_CMI5}context/extensions/launchurl"
MOVE_ON = f"{_CMI5}context/extensions/moveon"
LAUNCH_PARAMETERS = f"{_CMI5}context/extensions/launchparameters"
PROGRESS = f"{_CMI5}result/extensions/progress"
REASON = f"{_CMI5}result/extensions/reason"

BLOCK = f"{_CMI5}activitytype/block"
COURSE = f"{_CMI5}activitytype/course"

LAUNCH_DATA = "LMS.LaunchData"
"""The state document in which the LMS tells an AU what it is launched for (cmi5 10)."""
PREFERENCES = "cmi5LearnerPreferences"
"""The agent profile document with language and sound (cmi5 11)."""


def short(verb: str) -> str:
    """The last part of a verb's IRI, by which people call it."""
    return verb.rstrip("/").rpartition("/")[2]
