"""The runtime bundled anew while somebody writes it: in a checkout of the program, by one Node that stays.

Scripts are joined as in a package and not folded as there, since folding them takes a second each; what they do is the
same. `make build` makes what packages get.
"""

from __future__ import annotations

import os
import shutil
import sysconfig
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import RLock

from kurspakke import resources
from kurspakke.findings import KurspakkeError
from kurspakke.preview.answerer import Answerer

_MADE = ("runtime-", "piece-", "kurspakke")
"""How the assets begin that are made of the runtime's source and of the style sheet's."""


class Bundler:
    """Lends `resources` the bundles of the source as it is now, once it has changed."""

    def __init__(self, node: str, runtime: Path) -> None:
        self.node = node
        self._runtime = runtime
        self._node = Answerer([node, "again.mjs"], runtime)
        self._lock = RLock()
        self._asked: set[str] = set()
        self._made: dict[str, bytes] = {}
        self._changed = frozenset[str]()

    @classmethod
    def here(cls) -> Bundler | None:
        """One, where there is a source and what it takes to bundle it."""
        checkout = resources.checkout()
        path = os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", "")))
        node = shutil.which("node", path=path)
        if checkout is None or node is None or not (checkout / "src/runtime/node_modules/esbuild").is_dir():
            return None
        return cls(node, (checkout / "src" / "runtime").resolve())

    @property
    def sources(self) -> Mapping[str, Path]:
        """The folders out of which bundles are made, by how the names of those end."""
        return {".js": self._runtime / "src", ".css": self._runtime.parents[1] / "templates" / "style"}

    def __call__(self, name: str) -> bytes | None:
        """The asset of this name; None while what was built is right. Raises KurspakkeError if it can't be made."""
        if not name.startswith(_MADE):
            return None
        self._asked.add(name)
        if not name.endswith(tuple(self._changed)):
            return None
        with self._lock:
            if name not in self._made:
                self._made.update(self._bundled([name]))
            return self._made[name]

    def begin(self) -> bool:
        """Get ready, so that the first change takes no longer than others; whether there has been one before."""
        with self._lock:
            self._changed |= frozenset(end for end, folder in self.sources.items() if _is_behind(folder))
            with suppress(KurspakkeError):
                self._made = dict(self._bundled(self._asked))
        return bool(self._changed)

    def renew(self, paths: Iterable[Path]) -> bool:
        """Bundle what was asked for anew, where `paths` have changed of its source; whether they have.

        What fails is told to whoever asks for it.
        """
        known = tuple(paths)
        ends = {
            end for end, folder in self.sources.items() if any(path.is_relative_to(folder) for path in known)
        }
        if not ends:
            return False
        with self._lock:
            self._changed |= ends
            self._made = {name: data for name, data in self._made.items() if not name.endswith(tuple(ends))}
            with suppress(KurspakkeError):
                wanted = {name for name in set(self._asked) if name.endswith(tuple(ends))}
                self._made.update(self._bundled(wanted))
        return True

    def close(self) -> None:
        """End Node at once, whatever it is doing."""
        self._node.end()

    def _bundled(self, names: Iterable[str]) -> Mapping[str, bytes]:
        try:
            answer = self._node.ask(sorted(set(names)))
        except (OSError, ValueError) as error:
            raise KurspakkeError(f"Node can't bundle the runtime: {error}", "try `make build`") from error
        for fault in answer.get("errors", ()):
            place = (self._runtime / fault["path"]).resolve()
            where = f"{place}:{fault['line'] or '?'}: " if fault["path"] else ""
            raise KurspakkeError(f"{where}{fault['text']}", "mend the runtime's source")
        return {name: text.encode() for name, text in answer["files"].items()}


def _is_behind(folder: Path) -> bool:
    """Whether something in the folder is younger than what was built of it."""
    built = resources.assets() / ".stamp"
    if not built.is_file():
        return True
    files = (path for path in folder.rglob("*") if path.is_file())
    return max(path.stat().st_mtime_ns for path in files) > built.stat().st_mtime_ns
