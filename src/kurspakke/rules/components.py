"""The rules that components bring with them: each component's file enters its own checks here.

They belong to the source family; their numbers begin at SRC-101.
"""

from __future__ import annotations

from kurspakke.rules.family import Family
from kurspakke.spot import Spot

COMPONENTS: Family[Spot] = Family("SRC", first=100)
