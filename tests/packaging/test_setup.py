"""Setting up on a bare machine: done where it can be done, one clear line where it cannot."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.distributions import ROOT, clean_environment

pytestmark = pytest.mark.packaging

OLD = "#!/bin/sh\nexit 1\n"
# Answers as Debian's python3 does without python3-venv: new enough, and no ensurepip.
BARE = """#!/bin/sh
case $2 in
*version_info\\ \\<*) exit 0 ;;
*ensurepip*) exit 1 ;;
*venv*) echo python3.11-venv ;;
esac
"""


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def make_venv(path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the script with nothing on the PATH but `path`, where `id` is the only tool of the system."""
    (path / "id").symlink_to(str(shutil.which("id")))
    command = ["/bin/sh", str(ROOT / "scripts" / "make_venv.sh"), str(path / "venv")]
    return subprocess.run(
        command, env={"PATH": str(path), **env}, capture_output=True, text=True, check=False
    )


def test_no_python_that_is_new_enough(tmp_path: Path) -> None:
    put(tmp_path, "python3", OLD)
    done = make_venv(tmp_path)
    assert done.returncode == 1
    assert done.stderr == "Python 3.11 or newer is needed, and none was found: sudo apt install python3\n"


def test_a_chosen_python_is_not_replaced_by_another(tmp_path: Path) -> None:
    put(tmp_path, "python3", BARE)
    old = put(tmp_path, "python3.9", OLD)
    done = make_venv(tmp_path, PYTHON=str(old))
    assert done.returncode == 1
    assert done.stderr == f"PYTHON={old} is not a Python 3.11 or newer.\n"


def test_venv_is_missing_and_apt_is_out_of_reach(tmp_path: Path) -> None:
    put(tmp_path, "python3", BARE)
    done = make_venv(tmp_path)
    assert done.returncode == 1
    assert done.stderr == "Python's venv is missing: sudo apt install python3.11-venv\n"


def test_venv_is_missing_and_apt_brings_it(tmp_path: Path) -> None:
    put(tmp_path, "id", "#!/bin/sh\necho 0\n")
    put(tmp_path, "python3", BARE.replace("*ensurepip*) exit 1", f"*ensurepip*) exit {os.EX_NOINPUT}"))
    put(tmp_path, "apt-get", f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\n')
    command = ["/bin/sh", str(ROOT / "scripts" / "make_venv.sh"), str(tmp_path / "venv")]
    done = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert (
        (tmp_path / "asked")
        .read_text()
        .splitlines()[-1]
        .endswith("install -y --no-install-recommends python3.11-venv")
    )
    assert "Installing python3.11-venv" in done.stdout


def browser(path: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "browser.py"), *arguments]
    return subprocess.run(
        command, env=clean_environment() | {"PATH": path} | env, capture_output=True, text=True, check=False
    )


def test_a_browser_that_is_there_is_used(tmp_path: Path) -> None:
    put(tmp_path, "google-chrome", "#!/bin/sh\necho Google Chrome 156\n")
    assert browser(str(tmp_path), "--install").stdout == f"{tmp_path}/google-chrome\n"


def test_a_browser_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "chromium-browser", "#!/bin/sh\necho 'This needs the chromium snap.'\nexit 1\n")
    put(tmp_path, "chrome", "#!/bin/sh\necho Chrome 156\n")
    assert browser(str(tmp_path)).stdout == f"{tmp_path}/chrome\n"


def test_the_browser_can_be_named(tmp_path: Path) -> None:
    mine = put(tmp_path, "my-browser", "#!/bin/sh\necho 1\n")
    assert browser("", KURSPAKKE_BROWSER=str(mine)).stdout == f"{mine}\n"


def test_where_there_is_no_shell_chromium_is_it(tmp_path: Path) -> None:
    put(tmp_path, "chromium", "#!/bin/sh\necho Chromium 156\n")
    assert browser(str(tmp_path), "shell").stdout == f"{tmp_path}/chromium\n"
    put(tmp_path, "chromium-headless-shell", "#!/bin/sh\necho Chromium 156\n")
    assert browser(str(tmp_path), "shell").stdout == f"{tmp_path}/chromium-headless-shell\n"
    assert browser(str(tmp_path), "chromium").stdout == f"{tmp_path}/chromium\n"


@pytest.mark.parametrize("arguments", [(), ("--install",), ("shell",)])
def test_no_browser_and_no_apt(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = browser(str(tmp_path), *arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("The tests need Chrome or Chromium, and none was found.")
    assert done.stderr.count("\n") == 1


def hunspell(path: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "hunspell.py"), *arguments]
    return subprocess.run(
        command, env=clean_environment() | {"PATH": path}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [(), ("--install",)])
def test_no_hunspell_and_no_apt(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = hunspell(str(tmp_path), *arguments)
    assert done.returncode == 1
    assert done.stderr.endswith("sudo apt install hunspell hunspell-no hunspell-en-gb.\n")


def test_a_dictionary_that_is_missing_is_asked_for(tmp_path: Path) -> None:
    put(tmp_path, "hunspell", "#!/bin/sh\n[ $2 != nn_NO ]\n")
    done = hunspell(str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.endswith("sudo apt install hunspell-no.\n")
    put(tmp_path, "hunspell", "#!/bin/sh\n")
    assert hunspell(str(tmp_path)).returncode == 0


SOURCES = (
    "pyproject.toml",
    "constraints.txt",
    "hatch_build.py",
    "src/runtime/bundle.py",
    "src/runtime/package-lock.json",
    "src/runtime/src/main-web.ts",
    "src/runtime/src/views/menu.ts",
    "templates/style/kurspakke.css",
)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A tree that `make` has set up once, with a Python that only notes what it is asked."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in (*SOURCES, "src/kurspakke/assets/.stamp", ".venv/bin/python"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    put(tmp_path / ".venv" / "bin", "python", f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\n')
    assert "-e .[test]" in set_up(tmp_path)
    return tmp_path


def set_up(tree: Path) -> str:
    """What was installed by one run of make."""
    asked = tree / "asked"
    asked.unlink(missing_ok=True)
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    subprocess.run(["make", ".venv/.run", ".venv/.test"], cwd=tree, env=env, capture_output=True, check=True)
    return asked.read_text() if asked.exists() else ""


def test_make_sets_up_once(made: Path) -> None:
    assert set_up(made) == ""


@pytest.mark.parametrize("source", SOURCES)
def test_make_sets_up_again_when_a_source_changed(made: Path, source: str) -> None:
    later = (made / ".venv" / ".test").stat().st_mtime + 1
    os.utime(made / source, (later, later))
    assert "pip install" in set_up(made)


def test_make_sets_up_again_when_a_source_was_taken_away(made: Path) -> None:
    later = (made / ".venv" / ".test").stat().st_mtime + 1
    (made / "src/runtime/src/views/menu.ts").unlink()
    os.utime(made / "src/runtime/src/views", (later, later))
    assert "pip install" in set_up(made)


def test_make_sets_up_again_when_the_assets_are_gone(made: Path) -> None:
    (made / "src/kurspakke/assets/.stamp").unlink()
    assert "pip install" in set_up(made)
