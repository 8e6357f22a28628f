"""Many packages in one call: the same reports in the same order, however many processes look at them."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from kurspakke.findings import KurspakkeError
from kurspakke.limits import DEFAULT_LIMITS, Limits, limits_from
from kurspakke.sidebyside import in_order
from kurspakke.validation import Wish, validate_paths
from tests.command import run
from tests.packages import base

NUMBER = 12


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder with packages that differ: each odd one lacks a file."""
    folder = tmp_path / "pakker"
    folder.mkdir()
    for number in range(NUMBER):
        with zipfile.ZipFile(folder / f"{number:02}.zip", "w") as archive:
            for path, file in base("scorm12").items():
                if number % 2 == 0 or path != "side.html":
                    archive.writestr(path, file.read())
    return folder


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


def test_a_file_that_is_gone_is_refused_as_by_one_process(packages: Path) -> None:
    (packages / "07.zip").unlink()
    (packages / "07.zip").symlink_to(packages / "nowhere")
    answers = [run("validate", packages, "--report", "json", "--jobs", jobs) for jobs in ("1", "2")]
    assert answers[0] == answers[1]


@pytest.mark.slow
def test_ctrl_c_ends_them_all(packages: Path) -> None:
    for number in range(NUMBER, 400):
        shutil.copy(packages / "00.zip", packages / f"{number:03}.zip")
    command = [sys.executable, "-m", "kurspakke", "validate", str(packages), "--jobs", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as started:
        time.sleep(1.0)
        subprocess.run(["kill", "-INT", f"-{started.pid}"], check=False)
        started.wait(timeout=30)
        assert started.returncode in {1, -signal.SIGINT, 128 + signal.SIGINT, 0}
        left = subprocess.run(["pgrep", "-g", str(started.pid)], capture_output=True, text=True, check=False)
    assert left.stdout.split() in ([], [str(started.pid)])


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


def test_when_time_is_over_it_is_said_what_was_left(packages: Path) -> None:
    answer = run("validate", packages / "00.zip", "--limit", "seconds=0.000001", "--report", "json")
    rules = [finding["rule"] for finding in json.loads(answer.out)["targets"][0]["findings"]]
    assert "PKG-031" in rules
    assert answer.code == 1


def test_a_rule_with_thousands_of_findings_lists_a_thousand(tmp_path: Path) -> None:
    pictures = "".join(f'<img src="media/hus.svg?{number}">\n' for number in range(1500))
    with zipfile.ZipFile(tmp_path / "mange.zip", "w") as archive:
        for path, file in base("scorm12").items():
            data = file.read()
            if path == "index.html":
                data = data.replace(b"</main>", pictures.encode() + b"</main>")
            archive.writestr(path, data)
    answer = run("validate", tmp_path / "mange.zip", "--report", "json", "--select", "HTM-020")
    found = json.loads(answer.out)["targets"][0]["findings"]
    assert 1000 <= len(found) <= 1001
    assert "500" in found[-1]["message"] or any("500" in finding["message"] for finding in found)
