"""Where reports go: to files, to the terminal, and to the page of a step of GitHub Actions."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kurspakke.findings import KurspakkeError, UsageError
from kurspakke.reporters import REPORTERS, TargetReport

STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable by which GitHub Actions names the file of a step's summary."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The reports that are wanted, each with the file it goes to; None is the terminal, for one of them."""

    wanted: tuple[tuple[str, str | None], ...]

    @classmethod
    def of(cls, reports: Sequence[tuple[str, str | None]], out: str | None) -> Delivery:
        """The reports that the command line asks for; `out` is for the one without a file.

        Raises:
            UsageError: two reports for one place, or an `out` that no report is for.
        """
        homeless = [name for name, file in reports if file is None]
        if len(homeless) > 1:
            raise UsageError(
                f"the reports {' and '.join(homeless)} can't both go to one place",
                f"give all but one a file: --report {homeless[-1]}=FILE",
            )
        if out is not None and not homeless:
            raise UsageError("every report has a file already", "leave --out away")
        wanted = tuple((name, file or out) for name, file in reports)
        places = Counter(Path(file).absolute() for _, file in wanted if file is not None)
        twice = next((place for place, number in places.items() if number > 1), None)
        if twice:
            raise UsageError(f"two reports can't both go to {twice.name}", "give each a file of its own")
        return cls(wanted)

    @property
    def describes(self) -> bool:
        """Whether one of them shows what is in a package."""
        return any(name == "html" for name, _ in self.wanted)

    def deliver(self, targets: Sequence[TargetReport], *, colour: bool) -> str:
        """Write the files; what is left is for the terminal. Raises KurspakkeError for one that can't be written."""
        left = ""
        for name, file in self.wanted:
            text = REPORTERS[name].render(targets, colour=colour and file is None)
            if file is None:
                left = text
            else:
                _write(file, text)
            if name == "github":
                _summarise(targets)
        return left


def _summarise(targets: Sequence[TargetReport]) -> None:
    """Add to the step's summary, where there is a step."""
    if place := os.environ.get(STEP_SUMMARY):
        from kurspakke.reporters.github import summary

        _write(place, summary(targets), mode="a")


def _write(place: str, text: str, mode: str = "w") -> None:
    try:
        with Path(place).open(mode, encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise KurspakkeError(
            f"can't write {place}: {error.strerror or error}",
            "choose another file, in a folder that is there",
        ) from error
