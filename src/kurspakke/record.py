"""`build.json`: which packages a build made, for people's scripts and for the next build."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

FILE = "build.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Label:
    """What a package is; `path` is its file name in the output folder, None is for what it does not have."""

    path: str
    format: str
    course: str
    module: str
    lang: str
    audience: str | None
    edition: str | None
    title: str
    identifier: str | None
    activity_id: str | None


@dataclass(frozen=True, slots=True)
class PackageRecord:
    """A package that was made: its label, its size in bytes, and its sums packed and unpacked."""

    label: Label
    bytes: int
    sha256: str
    content_sha256: str

    @property
    def path(self) -> str:
        """The file name in the output folder."""
        return self.label.path

    def plain(self) -> dict[str, Any]:
        """The entry in `build.json`."""
        label: dict[str, Any] = {field.name: getattr(self.label, field.name) for field in fields(Label)}
        last = {key: label.pop(key) for key in ("identifier", "activity_id")}
        sums = {"bytes": self.bytes, "sha256": self.sha256, "content_sha256": self.content_sha256}
        return {**label, **sums, **last}

    @classmethod
    def read(cls, plain: dict[str, Any]) -> PackageRecord:
        """The record of an entry; KeyError, TypeError or ValueError when it is none."""
        rest = dict(plain)
        size, sha256, content = (rest.pop(key) for key in ("bytes", "sha256", "content_sha256"))
        label = Label(**rest)
        texts = (label.path, label.format, label.course, label.module, label.lang, label.title)
        maybe = (label.audience, label.edition, label.identifier, label.activity_id)
        if not (isinstance(size, int) and all(isinstance(text, str) for text in (*texts, sha256, content))):
            raise ValueError("an entry of the wrong types")
        if not all(text is None or isinstance(text, str) for text in maybe):
            raise ValueError("an entry of the wrong types")
        return cls(label, size, sha256, content)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A package that lies beside those of a build, but is of another `version` of the course."""

    version: str
    package: PackageRecord

    @property
    def path(self) -> str:
        """The file name in the output folder."""
        return self.package.path

    def plain(self) -> dict[str, Any]:
        """The entry in `build.json`."""
        return {"course_version": self.version, **self.package.plain()}

    @classmethod
    def read(cls, plain: dict[str, Any]) -> LeftOver:
        """The record of an entry; KeyError, TypeError or ValueError when it is none."""
        rest = dict(plain)
        return cls(str(rest.pop("course_version")), PackageRecord.read(rest))


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """Which course was built."""

    id: str
    version: str
    title: str


@dataclass(frozen=True, slots=True)
class Record:
    """The content of `build.json`. There is no clock in it: the same course gives the same bytes.

    `shard` says which part of a build it is, as `2/4`; empty where it is no part. `left_over` are packages that a
    build of some has left where they were, though the course has another version now: they are not of this build.
    """

    tool: str
    course: CourseRecord
    packages: tuple[PackageRecord, ...]
    shard: str = ""
    left_over: tuple[LeftOver, ...] = ()

    @property
    def dated(self) -> tuple[LeftOver, ...]:
        """All packages that are there, each with the version of the course that it is of."""
        return (*(LeftOver(self.course.version, package) for package in self.packages), *self.left_over)

    def dumps(self) -> bytes:
        """The bytes of the file, with the packages sorted by path."""
        packages = [package.plain() for package in sorted(self.packages, key=lambda package: package.path)]
        part = {"shard": self.shard} if self.shard else {}
        left = [package.plain() for package in sorted(self.left_over, key=lambda package: package.path)]
        beside = {"left_over": left} if left else {}
        plain = {
            "version": VERSION,
            "tool": self.tool,
            "course": asdict(self.course),
            **part,
            "packages": packages,
            **beside,
        }
        return json.dumps(plain, ensure_ascii=False, indent=2).encode() + b"\n"

    @classmethod
    def loads(cls, data: bytes) -> Record | None:
        """The record in the bytes of such a file; None when they are damaged or of another version."""
        try:
            plain = json.loads(data)
            if plain["version"] != VERSION:
                return None
            packages = tuple(PackageRecord.read(entry) for entry in plain["packages"])
            course = CourseRecord(**plain["course"])
            left = tuple(LeftOver.read(entry) for entry in plain.get("left_over", ()))
            return cls(str(plain["tool"]), course, packages, str(plain.get("shard", "")), left)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
