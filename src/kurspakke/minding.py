"""Which LMSs mind a breach of a rule, by the ids of their profiles."""

from __future__ import annotations


def minding(rule_id: str) -> tuple[str, ...]:
    """The LMSs of which it is known that they mind a breach of this rule; none where nothing is known."""
    del rule_id  # no profile says so yet
    return ()
