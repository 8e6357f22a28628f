"""The page of a film: all its drawings in one document, and the data that moves them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from film.story import Story
from film.timeline import Take

SIZE = (1280, 720)
"""Width and height of the film and of its drawings."""


def page(story: Story, takes: tuple[Take, ...], language: str = "") -> str:
    """The HTML page that holds all scenes and can show any moment; `language`: as drawn for it, where it differs."""
    cast = _inner(story.drawing("cast", language))
    scenes = "".join(
        f'<g id="{_name(take)}">{_own_ids(_inner(story.drawing(take.scene.drawing, language)), _name(take))}</g>'
        for take in takes
    )
    data = json.dumps([_data(take, story.fade) for take in takes], ensure_ascii=False)
    script = (Path(__file__).parent / "stage.js").read_text(encoding="utf-8")
    return (
        '<!doctype html><meta charset="utf-8"><style>body{margin:0;background:#fff}svg{display:block}</style>'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE[0]}" height="{SIZE[1]}"'
        f' viewBox="0 0 {SIZE[0]} {SIZE[1]}">{cast}{scenes}</svg>'
        f'<script type="application/json" id="takes">{data}</script><script>{script}</script>'
    )


def _name(take: Take) -> str:
    return f"scene-{take.scene.drawing}"


def _inner(path: Path) -> str:
    return re.sub(r"\A.*?<svg[^>]*>|</svg>\s*\Z", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def _own_ids(svg: str, scene: str) -> str:
    """Several drawings on one page may use the same id: each gets its scene's name before it."""
    for name in re.findall(r'\bid="([^"]+)"', svg):
        svg = svg.replace(f'id="{name}"', f'id="{scene}--{name}"').replace(
            f"url(#{name})", f"url(#{scene}--{name})"
        )
    return svg


def _data(take: Take, fade: float) -> dict[str, Any]:
    scene = take.scene
    moves = [
        {
            "target": move.target,
            "property": move.property,
            "from": move.start,
            "to": move.end,
            "at": take.moment(move.cue, move.after),
            "seconds": move.seconds,
        }
        for move in scene.moves
    ]
    return {
        "id": _name(take),
        "start": take.start,
        "end": take.end,
        "fade": fade,
        "first": [scene.first.x, scene.first.y, scene.first.zoom],
        "last": [scene.last.x, scene.last.y, scene.last.zoom],
        "moves": sorted(moves, key=lambda move: float(str(move["at"]))),
        "sways": [vars(sway) for sway in scene.sways],
    }
