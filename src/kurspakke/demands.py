"""What a course demands of itself beyond what every course must have, in course.yaml."""

from __future__ import annotations

from pydantic import Field

from kurspakke.model import Id, Model, Truth


class Demands(Model):
    """Demands on the content; a course without them may hold what it likes."""

    every_module: tuple[Id, ...] = Field(
        (), description="Kinds of components that no module may lack: [text, video, reflection, tips]."
    )
    sectors: Truth = Field(False, description="true: cases come from both public and private sector.")
    goals: Truth = Field(False, description="true: each goal of each module is served by a component.")
