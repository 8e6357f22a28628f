"""PKG-100 to PKG-119: what scripts of any package do that fails in an LMS, as far as their text tells."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.package import Kind
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.script_scorm import calls_lms, only_stores
from kurspakke.scripttext import Scripts

HABITS: Family[Scripts] = Family("PKG", first=100)

_OF_12 = (b"LMSInitialize", b"LMSSetValue", b"LMSFinish", b'"LMS"', b"'LMS'", b"`LMS$")
_OF_2004 = b"1484_11"


@HABITS.rule(0, "api-of-other-scorm-version", Severity.WARNING, spec="SCORM 1.2 RTE 3.3; SCORM 2004 RTE 3.3")
def api_of_other_scorm_version(scripts: Scripts) -> Iterator[Problem]:
    """A package calls the API of the SCORM version that its manifest declares.

    An LMS that plays a SCORM 1.2 package offers `API` with `LMSInitialize`; for SCORM 2004 it is
    `API_1484_11` with `Initialize`. A package that looks for the other one only is never connected. Export it
    for the right version, or correct the manifest's `schemaversion`. Scripts that know both are fine.
    """
    if not scripts.is_whole:
        return
    knows_12, knows_2004 = scripts.mentions(*_OF_12), scripts.mentions(_OF_2004)
    if Kind.SCORM12 in scripts.package.kinds and knows_2004 and not knows_12:
        declared, word = "1.2", _OF_2004
    elif Kind.SCORM2004 in scripts.package.kinds and scripts.mentions(b"LMSInitialize") and not knows_2004:
        declared, word = "2004", b"LMSInitialize"
    else:
        return
    for match in scripts.first(re.compile(re.escape(word)), word):
        message = f"the manifest declares SCORM {declared}, and the scripts call the API of the other version"
        yield Problem(match.location, message, "export the package for one version")
        return


_STORE = re.compile(rb"\b(localStorage|sessionStorage)\b")
_LRS = re.compile(rb"(?i)\b(?:statements|endpoint|xapi|adl|tincan)\b|tincan|cmi5")
_REPORTING = {Kind.SCORM12, Kind.SCORM2004, Kind.XAPI, Kind.CMI5}


@HABITS.rule(1, "browser-storage-only", Severity.WARNING)
def browser_storage_only(scripts: Scripts) -> Iterator[Problem]:
    """What a package reports goes to the LMS, not only into the browser.

    Here scripts use `localStorage` or `sessionStorage`, and nothing calls the LMS or an LRS: results stay on
    that machine, the next learner on it may see them, and the LMS shows nothing. Send them by the API of the
    package's standard too.
    """
    if _REPORTING.isdisjoint(scripts.package.kinds) or not only_stores(scripts) or not scripts.is_whole:
        return
    if calls_lms(scripts) or scripts.matches(_LRS):
        return
    for match in scripts.first(_STORE, b"Storage"):
        message = f"results are kept in {match.groups[0]}, and no script calls the LMS"
        yield Problem(match.location, message, "call the API of the LMS as well")
        return


_LEAVING = re.compile(rb"[\"'](?:before)?unload[\"']|\bon(?:before)?unload\b")
_ENDS = re.compile(rb"(?i)lms|scorm|terminate|finish|quit")
_SURE = (b"pagehide", b"visibilitychange")


@HABITS.rule(2, "leaving-by-unload-only", Severity.NOTE, spec="HTML, 7.4.2.4")
def leaving_by_unload_only(scripts: Scripts) -> Iterator[Problem]:
    """Results are sent before the learner leaves, and at `pagehide` or `visibilitychange`; not at `unload` only.

    Browsers on phones do not send `unload` when an app is closed, and Chrome lets LMSs switch it off in
    frames: what was to be sent then is lost. Commit at each answer and page, and when the page is hidden;
    finish at `pagehide`.
    """
    if not (scripts.mentions(b"LMSSetValue", _OF_2004, *_OF_12)) or scripts.mentions(*_SURE):
        return
    for match in scripts.first(_LEAVING, b"unload"):
        if _ENDS.search(match.text.data):
            message = "the session is ended at unload only, which browsers may leave out"
            yield Problem(match.location, message, "commit after each answer, and finish at pagehide")
            return


_SYNCHRONOUS = re.compile(
    rb"\.open\(\s*[\"'](?:GET|POST|PUT|get|post|put)[\"']\s*,[^;{}\n]{1,100}?,\s*(?:false|!1)\s*[,)]"
)


@HABITS.rule(3, "synchronous-request-when-leaving", Severity.WARNING, spec="Fetch, 4.6")
def synchronous_request_when_leaving(scripts: Scripts) -> Iterator[Problem]:
    """No script waits for a synchronous request while the learner leaves.

    Chrome has refused such requests in `unload`, `beforeunload`, `pagehide` and `visibilitychange` since
    version 80: what they were to send is lost. Use `navigator.sendBeacon` or `fetch` with `keepalive`, and
    send early.
    """
    for match in scripts.first(_SYNCHRONOUS, b".open("):
        data = match.text.data  # a word is found in a great script many times as fast as a pattern
        if b"pagehide" in data or (b"unload" in data and _LEAVING.search(data)):
            message = "a synchronous request in a script that acts when the learner leaves"
            yield Problem(match.location, message, "use fetch with keepalive, or navigator.sendBeacon")


_ENDPOINT = re.compile(
    rb"(?i)endpoint[\"']?\]?\s*[:=]\s*[\"'](https?://(?!localhost|127\.|[^/\"']*\bexample\.)[^\"'\s]{4,200})[\"']"
)


@HABITS.rule(4, "hard-coded-lrs", Severity.WARNING, spec="cmi5 8.1; Tin Can launch")
def hard_coded_lrs(scripts: Scripts) -> Iterator[Problem]:
    """The address of the LRS comes from the launch, and stands in no script.

    A package that names its own `endpoint` sends every organisation's learners to that one server, which is
    a matter of data protection, and stops when the server moves. Read `endpoint` (Tin Can, cmi5) from the
    address by which the LMS opened the package.
    """
    for match in scripts.first(_ENDPOINT, b"ndpoint"):
        yield Problem(
            match.location, f"the script sends to {match.groups[0]}", "take the endpoint from the launch"
        )


_BASIC = re.compile(rb"[\"']Basic ([A-Za-z0-9+/]{6,200}={0,2})[\"']")
_MADE = re.compile(rb"btoa\(\s*[\"']([^\"'\s:]{1,80}:[^\"'\s]{1,80})[\"']\s*\)")
_SAMPLES = {"tom:1234", "user:password", "username:password"}


@HABITS.rule(5, "credentials-in-script", Severity.WARNING)
def credentials_in_script(scripts: Scripts) -> Iterator[Problem]:
    """No user name and password stand in a script.

    Whoever opens the course can read them and write to that LRS in any learner's name, or read what others
    wrote. Take credentials from the launch, and change these: they are known now.
    """
    for match in scripts.first(_BASIC, b"Basic "):
        if ":" in _decoded(match.groups[0]) and _decoded(match.groups[0]) not in _SAMPLES:
            yield Problem(match.location, "credentials (Basic …) stand in the script", _TAKE_OUT)
    for match in scripts.first(_MADE, b"btoa("):
        if match.groups[0] not in _SAMPLES:
            yield Problem(match.location, "a user name and a password stand in the script", _TAKE_OUT)


_TAKE_OUT = "take them from the launch, and have the password changed"


def _decoded(text: str) -> str:
    """What Base64 stands for, if that is text; else nothing."""
    try:
        plain = base64.b64decode(text, validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return ""
    return plain if plain.isprintable() else ""


@HABITS.rule(6, "document-domain", Severity.WARNING, spec="HTML, 7.1.1.2")
def document_domain(scripts: Scripts) -> Iterator[Problem]:
    """No script sets `document.domain`.

    It was the way to reach an LMS on a neighbouring host. Browsers no longer allow it by default, and where
    they do, it cuts the package off from the LMS's own API. Serve both from one host, and take it out.
    """
    for match in scripts.first(re.compile(rb"document\.domain\s*=(?!=)"), b"document.domain"):
        yield Problem(match.location, "the script sets document.domain", "take it out")


_DIALOGS = {
    name: re.compile(re.escape(name) + rb"\(\s*(?=[\"'`])") for name in (b"alert", b"confirm", b"prompt")
}
_OF_WINDOW = re.compile(rb"(?:(?<![\w$.])|(?<![\w$.])window\.)\Z")


@HABITS.rule(7, "dialog-in-script", Severity.NOTE, spec="HTML, 8.9.1")
def dialog_in_script(scripts: Scripts) -> Iterator[Problem]:
    """Nothing is said by `alert`, `confirm` or `prompt`.

    Chrome does not show these dialogs in a frame from another host, which is how many LMSs play courses:
    `confirm` then answers no, and the learner is told nothing. Say it in the page.
    """
    for name, pattern in _DIALOGS.items():
        for match in scripts.first(pattern, name + b"(", before=_OF_WINDOW):
            yield Problem(match.location, f"{name.decode()}() shows a dialog", "say it in the page")


@HABITS.rule(8, "eval-of-response", Severity.WARNING)
def eval_of_response(scripts: Scripts) -> Iterator[Problem]:
    """No answer of a server is run as a script.

    `eval(request.responseText)` runs whatever comes, in the LMS's own name, and does not run at all under a
    content security policy. Use `JSON.parse`.
    """
    pattern = re.compile(rb"\beval\(\s*(?:[\"'(\[+ ]{0,9})[\w$.]{0,80}\.responseText\b")
    for match in scripts.first(pattern, b"eval("):
        yield Problem(match.location, "the answer of a server is run by eval", "use JSON.parse")


_LEAVES = re.compile(rb"top\.location(?:(?:\.href)?\s*=(?!=)|\.(?:replace|assign)\()")
_NO_NAME = re.compile(rb"(?<![\w$])\Z")


@HABITS.rule(9, "script-replaces-lms", Severity.WARNING)
def script_replaces_lms(scripts: Scripts) -> Iterator[Problem]:
    """No script leads the whole window to another page.

    A course is played in a frame of the LMS; `top.location = …` throws the LMS out with its API, and the
    session is never finished. Scripts against framing do that too. Change `location` of the own frame.
    """
    for match in scripts.first(_LEAVES, b"top.location", before=_NO_NAME):
        yield Problem(match.location, "the script replaces the LMS by another page", "use location.href")


_DOCUMENT = re.compile(rb"\.document\b")
_OF_PARENT = re.compile(rb"(?<![\w$.])(?:window\.)?(?:parent|top)\Z")


@HABITS.rule(10, "document-of-lms", Severity.NOTE, spec="HTML, 7.2.3")
def document_of_lms(scripts: Scripts) -> Iterator[Problem]:
    """No script reads or changes the page of the LMS (`parent.document`).

    It is another page in each LMS, and where that is on another host the script stops with an error, often
    before it has found the API. Packages with frames of their own, and scripts that catch the error, are let
    alone.
    """
    framed = scripts.package.has_frames
    for match in scripts.first(_DOCUMENT, b".document", before=_OF_PARENT) if not framed else ():
        if not re.search(rb"\btry\s*\{", match.text.data):
            message = "the script uses the document of another frame, the page of the LMS"
            yield Problem(match.location, message, "keep to the own document")
