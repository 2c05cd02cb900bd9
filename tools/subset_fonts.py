"""Makes the small fonts from the whole ones: `python -m tools.subset_fonts`. The results are committed.

The web font is one weight: browsers thicken it for bold text, and at our sizes the difference from the
drawn bold cannot be seen, while a second file would cost every viewer on a weak link 27 kB more.
"""

from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
WHOLE = ROOT / "assets" / "fonts"
NOTO = Path("/usr/share/fonts/truetype/noto")  # Debian: fonts-noto-core
WEB_FONT = ROOT / "frontend" / "fonts" / "bangla.woff2"

# Letters of other languages that the Bengali block also carries.
NOT_BANGLA = {0x098C, 0x09BD, 0x09C4, 0x09E0, 0x09E1, 0x09E2, 0x09E3}
BANGLA = [*(set(range(0x0981, 0x09F0)) - NOT_BANGLA), 0x09F3, 0x0964, 0x0965, 0x200C, 0x200D]
LATIN = [*range(0x20, 0x180), *range(0x2010, 0x2027), 0x20AC, 0x2190, 0x2192, 0x2212]
# In thousandths of the letter's height: a twentieth of a pixel at reading size.
TOLERANCE_OF_CURVES = 2.0
TOLERANCE_OF_POINTS = 3.0


def main() -> None:
    make_web_font(WHOLE / "NotoSansBengali-Regular.ttf", WEB_FONT)
    for weight in ("Regular", "Bold"):
        make_latin_font(NOTO / f"NotoSans-{weight}.ttf", WHOLE / f"NotoSans-{weight}.ttf")


def make_web_font(source: Path, target: Path) -> None:
    options = subset.Options(hinting=False, name_IDs=[0, 1, 2, 13, 14], glyph_names=False)
    options.drop_tables += ["DSIG", "GlyphOrder"]
    font = subset.load_font(str(source), options)
    keep_only(font, wanted_glyphs(font))
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=BANGLA)
    subsetter.subset(font)
    simplify(font)
    font.flavor = "woff2"
    font.save(target)
    print(f"{target.relative_to(ROOT)}: {len(font.getGlyphOrder())} glyphs, {target.stat().st_size} bytes")


def make_latin_font(source: Path, target: Path) -> None:
    """For the programme's overlays: what Noto Sans Bengali lacks in names and figures."""
    options = subset.Options(hinting=False, layout_features=["kern", "liga", "mark"])
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    font.save(target)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")


def wanted_glyphs(font: TTFont) -> set[str]:
    """The listed glyphs, the half forms that stand in for rare conjuncts, and all that leads to them."""
    listed = set((ROOT / "tools" / "fonts" / "glyphs.txt").read_text(encoding="utf-8").split())
    halves = {name for name in font.getGlyphOrder() if name.endswith("halfbeng") and "nukta" not in name}
    wanted = listed | halves
    while True:
        before = len(wanted)
        for table in substitutions(font):
            wanted |= what_leads_to(wanted, table)
        if len(wanted) == before:
            return wanted


def substitutions(font: TTFont) -> list[Any]:
    tables = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
    return [table.ExtSubTable if table.LookupType == 7 else table for table in tables]


def what_leads_to(wanted: set[str], table: Any) -> set[str]:
    if table.LookupType == 1:
        return {before for before, after in table.mapping.items() if after in wanted}
    if table.LookupType == 4:
        ligatures = [(first, one) for first, every in table.ligatures.items() for one in every]
        return {
            name for first, one in ligatures if one.LigGlyph in wanted for name in (first, *one.Component)
        }
    return set()


def keep_only(font: TTFont, wanted: set[str]) -> None:
    """Forget every substitution whose result is not wanted, so that the subsetter does not follow it."""
    for table in substitutions(font):
        if table.LookupType == 1:
            table.mapping = {before: after for before, after in table.mapping.items() if after in wanted}
        elif table.LookupType == 4:
            kept = {
                first: [ligature for ligature in every if ligature.LigGlyph in wanted]
                for first, every in table.ligatures.items()
            }
            table.ligatures = {first: every for first, every in kept.items() if every}


def simplify(font: TTFont) -> None:
    """Draw the same curves with fewer points, within a tolerance that no screen shows."""
    drawn, outlines = font.getGlyphSet(), font["glyf"]
    for name in font.getGlyphOrder():
        if outlines[name].numberOfContours <= 0:
            continue
        recorded = RecordingPen()
        drawn[name].draw(Qu2CuPen(recorded, max_err=TOLERANCE_OF_CURVES, all_cubic=True))
        pen = TTGlyphPen(None)
        recorded.replay(Cu2QuPen(pen, max_err=TOLERANCE_OF_POINTS))
        redrawn = pen.glyph(dropImpliedOnCurves=True)
        if len(redrawn.coordinates) < len(outlines[name].coordinates):
            redrawn.recalcBounds(outlines)  # a glyph cannot be written without its box
            outlines[name] = redrawn


if __name__ == "__main__":
    main()
