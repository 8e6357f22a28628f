"""Many packages in one call: the same reports in the same order, however many processes look at them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from kurspakke import validation
from kurspakke.findings import Finding, KurspakkeError, UsageError
from kurspakke.limits import DEFAULT_LIMITS, Limits, limits_from
from kurspakke.package import Kind, Package
from kurspakke.reporters.target import TargetReport
from kurspakke.rules.validate import MOST_OF_ONE_RULE
from kurspakke.sidebyside import in_order
from kurspakke.targets import Target
from kurspakke.validation import FEW, Wish, validate_paths
from tests.command import run
from tests.packages import base

NUMBER = 12


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder with packages that differ: each odd one lacks a file."""
    folder = tmp_path / "pakker"
    folder.mkdir()
    for number in range(NUMBER):
        _write(folder / f"{number:02}.zip", without="side.html" if number % 2 else "")
    return folder


def _write(to: Path, *, without: str = "", more: bytes = b"") -> None:
    """A small package, without a file of it, or with more on its first page."""
    with zipfile.ZipFile(to, "w") as archive:
        for path, file in base("scorm12").items():
            if path != without:
                page = path == "index.html"
                archive.writestr(
                    path, file.read().replace(b"</main>", more + b"</main>") if page else file.read()
                )


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_reports_are_the_same_and_in_order(packages: Path, jobs: int) -> None:
    found = list(validate_paths([str(packages)], Wish(jobs=jobs)))
    assert [Path(target.path).name for target in found] == [f"{number:02}.zip" for number in range(NUMBER)]
    missing = ["PKG-060" in {finding.rule.id for finding in target.findings} for target in found]
    assert missing == [number % 2 == 1 for number in range(NUMBER)]
    assert found == list(validate_paths([str(packages)], Wish()))


def test_json_is_the_same_to_the_letter(packages: Path) -> None:
    one = run("validate", packages, "--report", "json", "--jobs", "1")
    three = run("validate", packages, "--report", "json", "--jobs", "3")
    assert one == three
    assert len(json.loads(one.out)["targets"]) == NUMBER


def _odd(number: int) -> int:
    if number == 5:
        raise KurspakkeError("five is too much", "take four")
    return number * number


def test_what_one_process_raises_comes_in_its_turn() -> None:
    results = in_order(_odd, range(40), 2)
    assert [next(results) for _ in range(5)] == [0, 1, 4, 9, 16]
    with pytest.raises(KurspakkeError, match="five is too much") as refused:
        next(results)
    assert refused.value.hint == "take four"


def test_what_is_done_meanwhile_is_done_before_the_first_result_is_taken() -> None:
    told: list[str] = []
    results = in_order(_odd, range(5), 2, lambda: told.append("checked"))
    assert not told
    assert next(results) == 0
    assert told == ["checked"]
    assert list(results) == [1, 4, 9, 16]


def test_what_is_done_meanwhile_and_fails_comes_before_what_else_fails() -> None:
    def refuse() -> None:
        time.sleep(0.3)  # until the others have stumbled
        raise KurspakkeError("not so", "otherwise")

    with pytest.raises(KurspakkeError, match="not so"):
        list(in_order(_odd, [5] * 40, 2, refuse))


def test_an_error_in_another_process_is_told_as_any_other(
    packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumbling(package: Package) -> tuple[Finding, ...]:
        if package.path.endswith("09.zip"):
            raise KurspakkeError(f"process {os.getpid()} stumbled", "lift the feet")
        return ()

    monkeypatch.setattr(validation, "validate_package", stumbling)
    answer = run("validate", packages, "--jobs", "2")
    assert (answer.code, answer.out) == (3, "")
    told = re.fullmatch(r"kurspakke: process (\d+) stumbled\n  lift the feet\n", answer.err)
    assert told
    assert int(told[1]) != os.getpid()


@pytest.mark.parametrize(
    ("number", "jobs", "together"), [(FEW - 1, 5, False), (FEW, 5, True), (FEW, 1, False)]
)
def test_few_packages_or_one_job_start_no_process(
    packages: Path,
    number: int,
    jobs: int,
    together: bool,  # noqa: FBT001 - what is expected
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(validation, "report", _by_whom)
    paths = [str(packages / f"{each:02}.zip") for each in range(number)]
    found = [target.path for target in validate_paths(paths, Wish(jobs=jobs))]
    assert len(found) == number
    assert (str(os.getpid()) not in found) == together
    assert together or set(found) == {str(os.getpid())}


def _by_whom(target: Target, wish: Wish) -> TargetReport:  # noqa: ARG001 - as a report is made
    return TargetReport(str(os.getpid()), Kind.UNKNOWN, ())


@pytest.mark.slow
def test_ctrl_c_ends_them_all(tmp_path: Path) -> None:
    _write(tmp_path / "0.zip", more=b"<p>Ord <b>om</b> noe</p>\n" * 10_000)
    for number in range(1, 200):  # half a minute's work
        (tmp_path / f"{number}.zip").hardlink_to(tmp_path / "0.zip")
    program = _HEARS_CTRL_C + "from kurspakke.cli import main; main()"
    command = [sys.executable, "-c", program, "validate", str(tmp_path), "--jobs", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as started:
        patience = time.monotonic() + 20
        while len(_group(started.pid)) < 1 + 2 and time.monotonic() < patience:
            time.sleep(0.02)
        together = len(_group(started.pid))
        os.killpg(started.pid, signal.SIGINT)
        out, err = started.communicate(timeout=20)
    assert together >= 1 + 2  # itself and its two processes
    assert (started.returncode, out, err.strip()) == (1, "", "Aborted!")
    assert _group(started.pid) == []


_INTERRUPTED = """
import os, time
from kurspakke.sidebyside import in_order

def pieces():
    yield 600
    os.kill(os.getpid(), signal.SIGINT)  # no other process hears of it, as if it had been made just after

list(in_order(time.sleep, pieces(), 2))
"""
_HEARS_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
"""Whoever runs the tests in the background may have shut it out, also for what they start."""


def test_whoever_is_interrupted_does_not_wait_for_the_others() -> None:
    command = [sys.executable, "-c", _HEARS_CTRL_C + _INTERRUPTED]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as started:
        try:
            _, err = started.communicate(timeout=60)
        finally:
            left = _group(started.pid)
            for process in left:
                os.kill(int(process), signal.SIGKILL)
    assert err.splitlines()[-1] == "KeyboardInterrupt"
    assert err.count("Traceback") == 1
    assert left == []


def _group(leader: int) -> list[str]:
    """The processes that the leader of a group has started, and itself."""
    found = subprocess.run(["pgrep", "-g", str(leader)], capture_output=True, text=True, check=False)
    return found.stdout.split()


def test_limits_by_words() -> None:
    assert limits_from(["bytes=2G,members=1000", "seconds=2.5"]) == Limits(
        members=1000, bytes=2 << 30, seconds=2.5
    )
    assert limits_from([]) == DEFAULT_LIMITS


@pytest.mark.parametrize(
    "wrong", ["byts=2G", "bytes", "bytes=", "bytes=-1", "bytes=0", "bytes=2X", "=3", "seconds=nan"]
)
def test_a_limit_that_is_none_is_told(wrong: str, packages: Path) -> None:
    answer = run("validate", packages, "--limit", wrong)
    assert answer.code == 2
    assert answer.out == ""
    assert "limit" in answer.err


@pytest.mark.parametrize(
    ("wrong", "meant"), [("byts=2G", "bytes"), ("Member=7", "members"), ("second=1", "seconds")]
)
def test_a_limit_that_is_nearly_known_is_asked_for(wrong: str, meant: str) -> None:
    with pytest.raises(UsageError) as refused:
        limits_from([wrong])
    assert refused.value.hint == f"did you mean «{meant}»?"


def test_when_time_is_over_it_is_said_what_was_left(packages: Path) -> None:
    answer = run("validate", packages / "00.zip", "--limit", "seconds=0.000001", "--report", "json")
    rules = [finding["rule"] for finding in json.loads(answer.out)["targets"][0]["findings"]]
    assert rules == ["PKG-031"]
    assert answer.code == 1


def test_a_rule_with_thousands_of_findings_lists_a_thousand(tmp_path: Path) -> None:
    pictures = "".join(f'<img src="media/hus.svg?{number}">\n' for number in range(1500))
    _write(tmp_path / "mange.zip", more=pictures.encode())
    answer = run("validate", tmp_path / "mange.zip", "--report", "json", "--select", "HTM-020")
    found = json.loads(answer.out)["targets"][0]["findings"]
    places = {finding["location"]["line"] for finding in found if "more" not in finding["message"]}
    (rest,) = (finding["message"] for finding in found if "more" in finding["message"])
    assert len(places) == MOST_OF_ONE_RULE
    assert len(found) == MOST_OF_ONE_RULE + 1
    assert rest == "and 500 more of this kind, which are not told one by one"
