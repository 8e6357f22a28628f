"""One case: damage by a seed, the validator over it, a report of what it found; nothing but findings may come of it."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks.fuzz.damage import damaged
from benchmarks.fuzz.zips import hurt, packed
from kurspakke.baseline import Baseline
from kurspakke.comparison.compare import compare
from kurspakke.contents import contents_of
from kurspakke.filetree import File, FileTree
from kurspakke.findings import Finding, KurspakkeError
from kurspakke.package import Package
from kurspakke.reporters import REPORTERS
from kurspakke.reporters.target import TargetReport
from kurspakke.rules.source import validate_source
from kurspakke.rules.validate import validate_package
from kurspakke.sourcereader import read_source
from kurspakke.zipreader import read_zip

DAY = date(2026, 11, 28)
SLOWEST = 5.0
"""Seconds of processor time that a case may take."""
_TEXTS = (".xml", ".html", ".css", ".js", ".vtt", ".svg", ".xsd", ".json")
_JSON = {
    "data/kurs.json": b'{"tittel": "Kurs", "sider": [{"id": "a", "tekst": "Hei", "poeng": 1.5}], "ferdig": null}'
}
"""What many players read their course from: no package of the tests has it by itself."""
_HEAVY = 25
"""Each case of so many has the report for administrators made, and is compared with the sound package."""


@dataclass(frozen=True)
class Outcome:
    """What became of a case: its findings, and the seconds of processor time it took."""

    findings: tuple[Finding, ...]
    seconds: float


@dataclass
class Fuzzer:
    """Cases by their numbers, each the same in every run.

    `packages` are the files of sound packages by kind, `course` the folder of a sound course, `work` a folder for
    copies of it.
    """

    packages: Mapping[str, Mapping[str, bytes]]
    course: Path
    work: Path
    _sound: dict[str, bytes] = field(default_factory=dict)

    def run(self, seed: int) -> Outcome:
        """The case of that number.

        Raises whatever is wrong with the program: a sound one raises nothing.
        """
        choose = random.Random(seed)
        begun = time.process_time()
        ways = {
            "package": self._package,
            "zip": self._zip,
            "source": self._source,
            "baseline": self._baseline,
        }
        kind = choose.choices(list(ways), (58, 27, 11, 4))[0]
        findings = ways[kind](choose, seed)
        return Outcome(findings, time.process_time() - begun)

    def _files(self, choose: random.Random) -> dict[str, bytes]:
        files = {**self.packages[choose.choice(list(self.packages))], **_JSON}
        for _ in range(choose.randint(1, 4)):
            path = choose.choice([name for name in files if name.endswith(_TEXTS)])
            files[path] = damaged(path, files[path], choose)
        return files

    def _package(self, choose: random.Random, seed: int) -> tuple[Finding, ...]:
        tree = FileTree({path: File(data) for path, data in self._files(choose).items()})
        return self._judge(Package("kurs.zip", tree), choose, seed)

    def _zip(self, choose: random.Random, seed: int) -> tuple[Finding, ...]:
        whole = packed(self._files(choose), choose)
        archive = read_zip(File(hurt(whole, choose) if choose.random() < 0.8 else whole))
        return self._judge(Package("kurs.zip", archive.tree, archive=archive), choose, seed)

    def _judge(self, package: Package, choose: random.Random, seed: int) -> tuple[Finding, ...]:
        findings = validate_package(package)
        heavy = seed % _HEAVY == 0
        contents = contents_of(package) if heavy else None
        report = TargetReport(package.path, package.kind, findings, contents=contents)
        REPORTERS["html" if heavy else choose.choice(("text", "json", "junit", "github", "sarif"))].render(
            [report]
        )
        if heavy:
            sound = self.packages[choose.choice(list(self.packages))]
            other = Package("ny.zip", FileTree({path: File(data) for path, data in sound.items()}))
            with suppress(KurspakkeError):  # what is no package can't be compared, and that is said
                compare(package, other)
        return findings

    def _baseline(self, choose: random.Random, _seed: int) -> tuple[Finding, ...]:
        """What a damaged file of known findings makes of a damaged package."""
        files = {path: File(data) for path, data in self._files(choose).items()}
        package = Package("kurs.zip", FileTree(files))
        findings = validate_package(package)
        report = TargetReport(package.path, package.kind, findings)
        with tempfile.TemporaryDirectory(dir=self.work) as name:
            noted = Path(name) / "kjent.json"
            Baseline(noted.parent).write(noted, [report])
            noted.write_bytes(damaged(noted.name, noted.read_bytes(), choose))
            with suppress(KurspakkeError):  # it is no baseline any more, and that is said
                REPORTERS["json"].render([Baseline.read(noted).compare(report)])
        return findings

    def _source(self, choose: random.Random, _seed: int) -> tuple[Finding, ...]:
        names = sorted(
            path.relative_to(self.course).as_posix()
            for path in self.course.rglob("*")
            if path.suffix in {".yaml", ".vtt", ".svg", ".po"}
        )
        with self._copy() as folder:
            for _ in range(choose.randint(1, 3)):
                path = folder / choose.choice(names)
                path.write_bytes(damaged(path.name, path.read_bytes(), choose))
            try:
                findings = validate_source(read_source(folder), DAY)
            except KurspakkeError:
                return ()
        REPORTERS[choose.choice(("text", "json", "junit", "github"))].render(
            [TargetReport("kurs", "source", findings)]
        )
        return findings

    @contextmanager
    def _copy(self) -> Iterator[Path]:
        """A copy of the course that is as it was again afterwards."""
        if not self._sound:
            self._sound.update(
                {
                    path.relative_to(self.course).as_posix(): path.read_bytes()
                    for path in self.course.rglob("*")
                    if path.is_file()
                }
            )
        with tempfile.TemporaryDirectory(dir=self.work) as name:
            folder = Path(name)
            for path, data in self._sound.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(data)
            yield folder
