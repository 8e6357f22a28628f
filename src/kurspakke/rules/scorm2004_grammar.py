"""The elements of SCORM 2004 manifests as tables, one for each namespace (CAM 3.4, 5.1 and 5.2 of the 4th edition)."""

from __future__ import annotations

from collections.abc import Mapping

from kurspakke.rules.grammar import (
    ANY,
    BOOLEAN,
    COUNT,
    Grammar,
    Value,
    decimal,
    pattern,
    shape,
    words,
)

IMSCP = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
ADLNAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
IMSSS = "http://www.imsglobal.org/xsd/imsss"

PREFIXES: Mapping[str, str] = {"adlcp": ADLCP, "adlseq": ADLSEQ, "adlnav": ADLNAV, "imsss": IMSSS}
"""The prefixes that everybody writes, and that LMSs without namespaces go by."""

# Identifiers, links and titles have rules of their own: here they may say anything.
PACKAGING: Grammar = {
    "manifest": shape(
        "metadata? organizations resources manifest*",
        {"identifier": ANY, "version": ANY},
    ),
    "metadata": shape("schema? schemaversion?"),
    "organizations": shape("organization*", {"default": ANY}),
    "organization": shape("title? item+ metadata?", {"identifier": ANY, "structure": ANY}),
    "item": shape(
        "title? item* metadata?",
        {"identifier": ANY, "identifierref": ANY, "isvisible": BOOLEAN, "parameters": ANY},
    ),
    "resources": shape("resource*"),
    "resource": shape("metadata? file* dependency*", {"identifier": ANY, "type!": ANY, "href": ANY}),
    "file": shape("metadata?", {"href!": ANY}),
    "dependency": shape("", {"identifierref!": ANY}),
}

_MEASURE = decimal(-1, 1)
_SHARE = decimal(0, 1)
_ACTIONS = words("exit,message", "exit,no message", "continue,message", "continue,no message")
_BUTTONS = words("previous", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")

ADL_PACKAGING: Grammar = {
    "timeLimitAction": shape(text=_ACTIONS),
    "dataFromLMS": shape(),
    "location": shape(),
    # The 2nd and 3rd edition write the threshold as the text, the 4th as an attribute.
    "completionThreshold": shape(
        attributes={"completedByMeasure": BOOLEAN, "minProgressMeasure": _SHARE, "progressWeight": _SHARE},
        text=Value(lambda text: not text or _SHARE.accepts(text), _SHARE.hint),
    ),
    "data": shape("map+"),
    "map": shape(attributes={"targetID!": ANY, "readSharedData": BOOLEAN, "writeSharedData": BOOLEAN}),
}

ADL_NAVIGATION: Grammar = {
    "presentation": shape("navigationInterface?"),
    "navigationInterface": shape("hideLMSUI*"),
    "hideLMSUI": shape(text=_BUTTONS),
}

_ROLLUP = words("always", "ifAttempted", "ifNotSkipped", "ifNotSuspended")
_MAPPED = ("RawScore", "MinScore", "MaxScore", "CompletionStatus", "ProgressMeasure")

ADL_SEQUENCING: Grammar = {
    "constrainedChoiceConsiderations": shape(
        attributes={"preventActivation": BOOLEAN, "constrainChoice": BOOLEAN}
    ),
    "rollupConsiderations": shape(
        attributes={
            "requiredForSatisfied": _ROLLUP,
            "requiredForNotSatisfied": _ROLLUP,
            "requiredForCompleted": _ROLLUP,
            "requiredForIncomplete": _ROLLUP,
            "measureSatisfactionIfActive": BOOLEAN,
        }
    ),
    "objectives": shape("objective+"),
    "objective": shape("mapInfo+", {"objectiveID!": ANY}),
    "mapInfo": shape(
        attributes={
            "targetObjectiveID!": ANY,
            **{f"{verb}{what}": BOOLEAN for verb in ("read", "write") for what in _MAPPED},
        }
    ),
}

_TIMING = words("never", "once", "onEachNewAttempt")
_OPERATOR = words("not", "noOp")
_COMBINATION = words("all", "any")
_DURATION = pattern(
    r"-?P(?=.)(?:\d{1,9}Y)?(?:\d{1,9}M)?(?:\d{1,9}D)?"
    r"(?:T(?=.)(?:\d{1,9}H)?(?:\d{1,9}M)?(?:\d{1,9}(?:\.\d{1,9})?S)?)?",
    "write a duration such as PT30M",
)
_MOMENT = pattern(
    r"-?\d{4,9}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?",
    "write a moment such as 2026-01-31T12:00:00",
)
_KNOWN_OF_ACTIVITY = (
    *("satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "completed", "activityProgressKnown"),
    *("attempted", "attemptLimitExceeded", "timeLimitExceeded", "outsideAvailableTimeRange"),
)
_RULE = "ruleConditions? ruleAction"

SEQUENCING: Grammar = {
    "sequencingCollection": shape("sequencing+"),
    "sequencing": shape(
        "controlMode? sequencingRules? limitConditions? auxiliaryResources? rollupRules? objectives?"
        " randomizationControls? deliveryControls?",
        {"ID": ANY, "IDRef": ANY},
    ),
    "controlMode": shape(
        attributes=dict.fromkeys(
            (
                *("choice", "choiceExit", "flow", "forwardOnly"),
                *("useCurrentAttemptObjectiveInfo", "useCurrentAttemptProgressInfo"),
            ),
            BOOLEAN,
        )
    ),
    "sequencingRules": shape("preConditionRule* exitConditionRule* postConditionRule*"),
    "preConditionRule": shape(_RULE),
    "exitConditionRule": shape(_RULE),
    "postConditionRule": shape(_RULE),
    "ruleConditions": shape("ruleCondition+", {"conditionCombination": _COMBINATION}),
    "ruleCondition": shape(
        attributes={
            "condition!": words(
                *_KNOWN_OF_ACTIVITY, "objectiveMeasureGreaterThan", "objectiveMeasureLessThan", "always"
            ),
            "operator": _OPERATOR,
            "measureThreshold": _MEASURE,
            "referencedObjective": ANY,
        }
    ),
    "preConditionRule/ruleAction": shape(
        attributes={"action!": words("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal")}
    ),
    "exitConditionRule/ruleAction": shape(attributes={"action!": words("exit")}),
    "postConditionRule/ruleAction": shape(
        attributes={
            "action!": words("exitParent", "exitAll", "retry", "retryAll", "continue", "previous"),
        }
    ),
    "limitConditions": shape(
        attributes={
            "attemptLimit": COUNT,
            "attemptAbsoluteDurationLimit": _DURATION,
            "attemptExperiencedDurationLimit": _DURATION,
            "activityAbsoluteDurationLimit": _DURATION,
            "activityExperiencedDurationLimit": _DURATION,
            "beginTimeLimit": _MOMENT,
            "endTimeLimit": _MOMENT,
        }
    ),
    "auxiliaryResources": shape("auxiliaryResource*"),
    "auxiliaryResource": shape(attributes={"auxiliaryResourceID!": ANY, "purpose!": ANY}),
    "rollupRules": shape(
        "rollupRule*",
        {
            "rollupObjectiveSatisfied": BOOLEAN,
            "rollupProgressCompletion": BOOLEAN,
            "objectiveMeasureWeight": _SHARE,
        },
    ),
    "rollupRule": shape(
        "rollupConditions rollupAction",
        {
            "childActivitySet": words("all", "any", "none", "atLeastCount", "atLeastPercent"),
            "minimumCount": COUNT,
            "minimumPercent": _SHARE,
        },
    ),
    "rollupConditions": shape("rollupCondition+", {"conditionCombination": _COMBINATION}),
    "rollupCondition": shape(attributes={"condition!": words(*_KNOWN_OF_ACTIVITY), "operator": _OPERATOR}),
    "rollupAction": shape(
        attributes={"action!": words("satisfied", "notSatisfied", "completed", "incomplete")}
    ),
    "objectives": shape("primaryObjective objective*"),
    "primaryObjective": shape(
        "minNormalizedMeasure? mapInfo*", {"objectiveID": ANY, "satisfiedByMeasure": BOOLEAN}
    ),
    "objective": shape(
        "minNormalizedMeasure? mapInfo*", {"objectiveID!": ANY, "satisfiedByMeasure": BOOLEAN}
    ),
    "minNormalizedMeasure": shape(text=Value(lambda text: not text or _MEASURE.accepts(text), _MEASURE.hint)),
    "mapInfo": shape(
        attributes={
            "targetObjectiveID!": ANY,
            "readSatisfiedStatus": BOOLEAN,
            "readNormalizedMeasure": BOOLEAN,
            "writeSatisfiedStatus": BOOLEAN,
            "writeNormalizedMeasure": BOOLEAN,
        }
    ),
    "randomizationControls": shape(
        attributes={
            "randomizationTiming": _TIMING,
            "selectionTiming": _TIMING,
            "selectCount": COUNT,
            "reorderChildren": BOOLEAN,
        }
    ),
    "deliveryControls": shape(
        attributes=dict.fromkeys(("tracked", "completionSetByContent", "objectiveSetByContent"), BOOLEAN)
    ),
}

GRAMMARS: Mapping[str, Grammar] = {
    IMSCP: PACKAGING,
    ADLCP: ADL_PACKAGING,
    ADLNAV: ADL_NAVIGATION,
    ADLSEQ: ADL_SEQUENCING,
    IMSSS: SEQUENCING,
}
"""All of them by their namespaces."""
