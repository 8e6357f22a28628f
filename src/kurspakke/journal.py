"""Many files put in place as one: what was interrupted half-way is completed by the next run, or taken back.

A publication is prepared beside its target (`staged/`), decided by one rename (`journal.json` appears) and
then carried out by renames alone, which need no room on the disk. Until the decision the previous output is
whole; after it, the next run goes on where this one stopped. When a rename is refused, the decision is
turned (`rollback.json`) and what was done is taken back from `replaced/`.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kurspakke.statefolder import StateFolder

_DECIDED = "journal.json"
_TURNED = "rollback.json"
_MANY = 64
_AT_ONCE = 4
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


def is_plain_name(name: str) -> bool:
    """Whether `name` is a file's name and surely no way out of the output folder."""
    return bool(_PLAIN_NAME.fullmatch(name))


@dataclass(frozen=True, slots=True)
class Plan:
    """File names: to put in place in this order, to remove before the last of these, not there before."""

    moves: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]

    @classmethod
    def read(cls, plain: dict[str, object]) -> Plan | None:
        """The plan in a journal, None when it is damaged."""
        lists = [plain.get(key) for key in ("moves", "gone", "new")]
        if not all(isinstance(names, list) and all(map(_is_name, names)) for names in lists):
            return None
        return cls(*(tuple(names) for names in lists if isinstance(names, list)))


class Journal:
    """The publications into one output folder. The caller holds the lock."""

    def __init__(self, state: StateFolder) -> None:
        self._state = state
        self._out = state.out
        self._replaced = state.path / "replaced"
        self.staged = state.path / "staged"

    def is_open(self) -> bool:
        """Whether a publication was interrupted: what lies in the output folder may be of two builds."""
        return any((self._state.path / name).exists() for name in (_DECIDED, _TURNED))

    def settle(self) -> bool:
        """Complete or take back what was interrupted, and clear up; False when the journal itself is damaged.

        OSError as the system raises it; then nothing is lost, and the next run tries again.
        """
        plans = {name: Plan.read(self._state.read(name)) for name in (_DECIDED, _TURNED)}
        sound = not self.is_open() or any(plans.values())
        if plan := plans[_TURNED]:
            self._take_back(plan)
        elif plan := plans[_DECIDED]:
            self._carry_out(plan)
        self.clear()
        return sound

    def carry_out(self, moves: tuple[str, ...], gone: tuple[str, ...]) -> None:
        """Put the staged files in place and remove what is gone; all of it or, with an OSError, nothing."""
        try:
            self._replaced.mkdir(exist_ok=True)
            plan = Plan(moves, gone, tuple(name for name in moves if not self._keep(name)))
            self._state.write(_DECIDED, {"moves": plan.moves, "gone": plan.gone, "new": plan.new})
        except OSError:
            self.clear()
            raise
        self._carry_out(plan)
        # All is in place: what can't be cleared up now does no harm and is cleared up by the next run.
        with suppress(OSError):
            self._forget()

    @contextmanager
    def clearing(self) -> Iterator[None]:
        """Remove what a publication left that has been carried out, while something else is done.

        What can't be removed is left to the next run.
        """
        # Here, since a build with nothing to do comes by and has nothing to remove.
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as beside:
            removed = beside.submit(self._remove)
            yield
            with suppress(OSError):
                removed.result()

    def clear(self) -> None:
        """Forget a publication that has ended, and remove what it left; OSError as the system raises it."""
        self._forget()
        self._remove()

    def _forget(self) -> None:
        for name in (_TURNED, _DECIDED):
            self._state.forget(name)
        self._state.clear()

    def _remove(self) -> None:
        for folder in (self.staged, self._replaced):
            _empty(folder)
            with suppress(FileNotFoundError):
                folder.rmdir()

    def _keep(self, name: str) -> bool:
        """Hold on to what is there now, under a second name; False when nothing is there."""
        target = self._out / name
        if not os.path.lexists(target):
            return False
        # Where a second name is impossible, the file itself is moved away at its turn (`_carry_out`).
        with suppress(OSError):
            if not target.is_symlink():
                os.link(target, self._replaced / name)
        return True

    def _carry_out(self, plan: Plan) -> None:
        try:
            for name in plan.moves[:-1]:
                self._put(name)
            for name in plan.gone:
                with suppress(FileNotFoundError):
                    (self._out / name).replace(self._replaced / name)
            for name in plan.moves[-1:]:
                self._put(name)
        except OSError:
            (self._state.path / _DECIDED).replace(self._state.path / _TURNED)
            self._take_back(plan)
            self.clear()
            raise

    def _put(self, name: str) -> None:
        staged, target, kept = self.staged / name, self._out / name, self._replaced / name
        if staged.exists():
            if os.path.lexists(target) and not os.path.lexists(kept):
                target.replace(kept)
            staged.replace(target)

    def _take_back(self, plan: Plan) -> None:
        for name in (*plan.moves, *plan.gone):
            if os.path.lexists(self._replaced / name):
                (self._replaced / name).replace(self._out / name)
            elif name in plan.new and not (self.staged / name).exists():
                (self._out / name).unlink(missing_ok=True)


def _empty(folder: Path) -> None:
    """Remove the files in a folder; where there are many, several at a time: the system waits for the disk for each."""
    files = list(folder.iterdir()) if folder.is_dir() else []
    if len(files) < _MANY:
        for file in files:
            file.unlink()
        return
    # Here, since a build with nothing to do comes by and has nothing to remove.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        deque(pool.map(Path.unlink, files), 0)


def _is_name(name: object) -> bool:
    return isinstance(name, str) and is_plain_name(name)
