"""`kurspakke build -o URL`: made and checked here, sent, and everything that can be wrong with the URL."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kurspakke.options import is_url
from tests.command import Answer, contents, run, run_alone
from tests.courses import BASE, edit
from tests.courses import two_modules as course
from tests.destination.bucket import KEY, SECRET, Bucket, sha256
from tests.press.nation import nation


def built(answer: Answer) -> str:
    assert answer.code == 0, answer.err
    return answer.out


@pytest.mark.slow
def test_what_is_there_is_what_a_folder_would_hold(store: Bucket, tmp_path: Path) -> None:
    source = course(tmp_path / "kurs")
    said = built(run_alone("build", source, "-o", store.url))
    assert said.splitlines()[-1].startswith("9 files sent (")
    assert said.splitlines()[-1].endswith(f"0 there already: {store.url}")
    built(run_alone("build", source, "-o", tmp_path / "dist"))
    dist = {name: data for name, data in contents(tmp_path / "dist").items() if not name.startswith(".")}
    assert store.seen() == dist
    store.asked.clear()
    said = built(run_alone("build", source, "-o", store.url))
    assert "Nothing has changed: 8 packages are as they were\n0 files sent, 9 there already" in said
    assert [asked.verb for asked in store.asked] == ["GET", "GET"]


@pytest.mark.slow
def test_a_page_is_changed_and_only_what_holds_it_is_sent(store: Bucket, tmp_path: Path) -> None:
    source = course(tmp_path / "kurs")
    built(run_alone("build", source, "-o", store.url))
    store.asked.clear()
    edit(source / "modules/brev/pages/tekst.yaml", "Hei på deg.", "Hei på dere.")
    built(run_alone("build", source, "-o", store.url))
    names = {asked.path.rpartition("/")[2] for asked in store.uploads()}
    assert names == {
        "build.json",
        *(f"prove-brev-nb-{form}.zip" for form in ("cmi5", "scorm12", "web", "xapi")),
    }


@pytest.mark.slow
@pytest.mark.parametrize("other_machine", [False, True])
def test_a_plain_build_leaves_the_editions_there(
    store: Bucket, tmp_path: Path, *, other_machine: bool
) -> None:
    source = nation(tmp_path / "kurs")
    built(run_alone("build", source, "-o", store.url, "--all-editions"))
    before = store.seen()
    edit(source / "modules/takk/pages/huske.yaml", "title: Hva husker", "title: Og hva husker")
    cache = {"wrapper": ("env", f"XDG_CACHE_HOME={tmp_path}/other")} if other_machine else {}
    built(run_alone("build", source, "-o", store.url, **cache))
    after = store.seen()
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "build.json",
        *(f"golden-takk-nb-{form}.zip" for form in ("cmi5", "scorm12", "web", "xapi")),
    }
    told = {package["path"]: package["sha256"] for package in json.loads(after["build.json"])["packages"]}
    assert told == {name: sha256(data) for name, data in after.items() if name.endswith(".zip")}
    edit(source / "course.yaml", "version: 1.2.3", "version: 1.2.4")
    built(run_alone("build", source, "-o", store.url, **cache))
    assert len(store.seen()) == 1 + 8


@pytest.mark.slow
def test_a_build_of_some_packages_leaves_the_others_there(store: Bucket, tmp_path: Path) -> None:
    source = course(tmp_path / "kurs")
    built(run_alone("build", source, "-o", store.url))
    before = store.seen()
    edit(source / "modules/brev/pages/tekst.yaml", "Hei på deg.", "Hei på dere.")
    edit(source / "modules/post/pages/tekst.yaml", "Hei på deg.", "Hei på dere.")
    # On another machine: nothing of the former build is at hand.
    said = run_alone(
        "build",
        source,
        "-o",
        store.url,
        "--module",
        "brev",
        "--json",
        wrapper=("env", f"XDG_CACHE_HOME={tmp_path}/other"),
    )
    after = store.seen()
    assert {name for name in before if before[name] != after[name]} == {
        "build.json",
        *(f"prove-brev-nb-{form}.zip" for form in ("cmi5", "scorm12", "web", "xapi")),
    }
    assert built(said).encode() == after["build.json"]
    sums = {package["path"]: package["sha256"] for package in json.loads(after["build.json"])["packages"]}
    assert sums == {name: sha256(data) for name, data in after.items() if name != "build.json"}


@pytest.mark.slow
def test_packages_of_another_version_stay_there_and_are_no_part_of_the_build(
    store: Bucket, tmp_path: Path
) -> None:
    source = course(tmp_path / "kurs")
    built(run_alone("build", source, "-o", store.url, "--format", "web,xapi"))
    before = store.seen()
    edit(source / "course.yaml", "version: 1.0.0", "version: 1.1.0")
    words = ("build", source, "-o", store.url, "--format", "web,xapi")
    said = built(run_alone(*words, "--module", "brev"))
    assert "left as they were, of version 1.0.0" in said
    after = store.seen()
    stay = {"prove-post-nb-web.zip", "prove-post-nb-xapi.zip"}
    assert {name for name in before if before[name] == after[name]} == stay
    told = json.loads(after["build.json"])
    assert {one["path"] for one in told["packages"]} == {"prove-brev-nb-web.zip", "prove-brev-nb-xapi.zip"}
    left = {one["path"]: (one["course_version"], one["sha256"]) for one in told["left_over"]}
    assert left == {name: ("1.0.0", sha256(before[name])) for name in stay}
    built(run_alone(*words))
    told = json.loads(store.seen()["build.json"])
    assert len(told["packages"]) == 4
    assert "left_over" not in told


@pytest.mark.slow
def test_a_part_of_one_course_does_not_go_beside_another(store: Bucket, tmp_path: Path) -> None:
    source = course(tmp_path / "kurs")
    built(run_alone("build", source, "-o", store.url))
    before = store.files()
    edit(source / "course.yaml", "id: prove", "id: annet")
    answer = run_alone("build", source, "-o", store.url, "--module", "brev")
    assert answer.code == 3
    assert "holds another course, «En liten prøve»" in answer.err
    assert store.files() == before


@pytest.mark.slow
def test_a_course_with_an_error_asks_the_store_for_nothing(store: Bucket, tmp_path: Path) -> None:
    source = course(tmp_path / "kurs")
    (source / "modules/brev/media/postkasse.svg").unlink()
    answer = run_alone("build", source, "-o", store.url)
    assert answer.code == 1
    assert "Nothing was written." in answer.err
    assert store.asked == []


@pytest.mark.slow
def test_a_bucket_that_is_not_there(store: Bucket, tmp_path: Path) -> None:
    answer = run_alone("build", BASE, "-o", "s3://finnes-ikke/kurs")
    assert answer.code == 3
    assert answer.err.splitlines() == [
        "kurspakke: s3://finnes-ikke/kurs: there is no such bucket or folder",
        "  make it first, or mend the name after -o",
    ]
    assert store.files() == {}
    assert tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("status", ["403 AccessDenied", "403 SignatureDoesNotMatch", "500 InternalError"])
def test_what_a_store_says_is_not_repeated(store: Bucket, status: str) -> None:
    store.mood = lambda _: status
    answer = run_alone("build", BASE, "-o", store.url)
    assert answer.code == 3
    assert status.partition(" ")[2] in answer.err
    assert not any(secret in answer.out + answer.err for secret in (KEY, SECRET))


@pytest.mark.parametrize(
    ("url", "message", "hint"),
    [
        ("nosuch://x/y", "nosuch://x/y: nothing is known of nosuch://", "s3://, gs://, az://"),
        ("az://behold/kurs", "az://behold/kurs: what speaks az:// is not installed", "pip install adlfs"),
        ("gs://behold/kurs", "gs://behold/kurs: what speaks gs:// is not installed", "pip install gcsfs"),
        ("smb://h/x", "smb://h/x: what speaks smb:// is not installed", "pip install smbprotocol"),
        ("abfs://ola:hemmelig@h/x", "abfs://…@h/x: what speaks abfs://", "pip install adlfs"),
        (
            "abfss://behold@konto/x?sig=hemmelig",
            "abfss://behold@konto/x: nothing may follow a «?»",
            "environment",
        ),
        (
            "https://ola:hemmelig@h/x",
            "https://…@h/x: nothing can be put at a web address",
            "s3://bucket/folder",
        ),
        ("s3://", "s3://: that names no bucket", "s3://bucket/folder"),
        ("memory://", "memory://: that names no bucket", "s3://bucket/folder"),
        ("simplecache::s3://b/x", "that is no URL", "s3://bucket/folder"),
        ("s3://b/x::s3://c", "«::» and «..»", "whole path"),
        ("s3://b/../c", "«::» and «..»", "whole path"),
    ],
)
def test_a_url_that_leads_nowhere(url: str, message: str, hint: str) -> None:
    answer = run("build", BASE, "-o", url)
    assert answer.code == 3
    first, second = answer.err.splitlines()
    assert first.startswith("kurspakke: ")
    assert message in first
    assert hint in second
    assert "hemmelig" not in answer.err


def test_without_fsspec_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    answer = run("build", BASE, "-o", "s3://b/x")
    assert answer.code == 3
    assert answer.err.splitlines()[1] == "  pip install 'kurspakke[remote]'"


@pytest.mark.parametrize(
    ("out", "url"),
    [
        ("s3://b/x", True),
        ("memory://x", True),
        ("dist", False),
        (None, False),
        ("C:\\dist", False),
        ("C://dist", False),
        ("./a://b", False),
    ],
)
def test_a_url_and_a_folder_are_told_apart(out: str | None, *, url: bool) -> None:
    assert is_url(out) is url


def test_a_build_into_a_folder_loads_nothing_of_it(tmp_path: Path) -> None:
    code = (
        "import sys; from tests.command import run; "
        f"assert run('build', {str(BASE)!r}, '-o', {str(tmp_path)!r}).code == 0; print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert not {"fsspec", "s3fs", "kurspakke.destination", "asyncio"} & set(loaded.stdout.split())
