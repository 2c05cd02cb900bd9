"""What is asked of every page: axe finds nothing, nothing sticks out of a small screen, focus can be seen."""

from typing import Any

from playwright.sync_api import Page

from tools.prepare.folders import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()

# Each control is asked for focus; one that looks the same with it as without is named. Radios and checkboxes
# show it on the label that is drawn for them.
UNSEEN_FOCUS = r"""async () => {
  const parts = (one) => [[one, null], [one, '::before'], [one, '::after']]
    .concat(one.nextElementSibling ? [[one.nextElementSibling, '::before']] : []);
  const clear = (colour) => colour === 'transparent' || /, 0\)$/.test(colour);
  const line = (style, width, colour) =>
    style === 'none' || width === '0px' || clear(colour) ? '' : `${style} ${width} ${colour}`;
  const look = (one) => parts(one).map(([part, pseudo]) => {
    const its = getComputedStyle(part, pseudo);
    return [line(its.outlineStyle, its.outlineWidth, its.outlineColor), its.boxShadow, its.backgroundColor,
            line(its.borderBottomStyle, its.borderBottomWidth, its.borderBottomColor)].join(' ');
  }).join('|');
  const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]');
  const unseen = [];
  for (const one of all) {
    if (one.disabled || one.type === 'hidden' || !one.getClientRects().length) continue;
    if (one.tabIndex < 0) continue;
    document.activeElement?.blur();
    const before = look(one);
    one.focus({ preventScroll: true });
    if (document.activeElement === one && look(one) === before) unseen.push(one.outerHTML.slice(0, 160));
  }
  document.activeElement?.blur();
  return unseen;
}"""

STICKING_OUT = """() => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= window.innerWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
    .map((one) => `${wide}: ${one.outerHTML.slice(0, 120)}`).slice(0, 5);
}"""


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds, by rule and place."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    options: dict[str, Any] = {"runOnly": rules} if rules else {}
    found = page.evaluate("async (options) => (await axe.run(document, options)).violations", options)
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found
        for node in one["nodes"][:3]
    ]


def unseen_focus(page: Page) -> list[str]:
    page.keyboard.press("Tab")  # from now on the browser shows focus as to somebody who uses keys
    return list(page.evaluate(UNSEEN_FOCUS))


def sticking_out(page: Page) -> list[str]:
    return list(page.evaluate(STICKING_OUT))
