"""axe-core's verdict on a page: what breaks WCAG 2.1 A and AA, or good practice."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Frame, Page

_AXE = Path(__file__).parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
_REPORT = """async (rules) => {
  const { violations, passes } = await axe.run(document, { runOnly: rules });
  if (passes.length < 20) throw new Error("axe looked at hardly anything");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}"""


def violations(page: Page | Frame) -> list[str]:
    """What axe has against what is in sight, in words."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_REPORT, _RULES)
    return found
