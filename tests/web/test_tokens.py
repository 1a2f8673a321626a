"""The colours contrast in both lights, and no style knows left from right."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "src/isotrace/web/styles"
TOKENS = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}, #\w{6})\);", (STYLES / "tokens.css").read_text()))

TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "accent", "accent-strong", "bad") for ground in ("ground", "surface", "sunken")],
    *[(tone, f"{tone}-wash") for tone in ("good", "warn", "bad", "info", "still")],
    *[("ink", f"{tone}-wash") for tone in ("good", "warn", "bad", "info", "still", "accent")],
    *[(f"on-band-{band}", f"band-{band}") for band in ("document", "identity", "name", "none")],
    ("accent", "accent-wash"),
    ("accent-strong", "accent-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-bar", "bar"),
    ("on-bar-soft", "bar"),
    ("on-mark", "mark"),
]
SHAPES = [
    *[(shape, ground) for shape in ("edge", "focus") for ground in ("ground", "surface", "sunken")],
    *[("focus", f"{tone}-wash") for tone in ("warn", "accent")],
    ("on-bar-focus", "bar"),
    ("mark", "sea"),
    ("mark", "land"),
    ("accent", "surface"),
]


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3: (L1 + 0.05) / (L2 + 0.05)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _pair(name: str, light: int) -> str:
    return TOKENS[name].split(", ")[light]


def test_contrast_of_black_on_white_is_twenty_one():
    assert round(_contrast("#000000", "#ffffff"), 2) == 21.0


@pytest.mark.parametrize("light", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_on_its_ground_contrasts(ink, ground, light):
    assert _contrast(_pair(ink, light), _pair(ground, light)) >= 4.5


@pytest.mark.parametrize("light", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shape_on_its_ground_contrasts(shape, ground, light):
    assert _contrast(_pair(shape, light), _pair(ground, light)) >= 3


def test_styles_use_colours_only_through_tokens():
    found = {path.name: re.findall(r"#[0-9a-f]{3,8}\b", path.read_text()) for path in STYLES.glob("*.css") if path.name != "tokens.css"}
    assert {name: set(colours) for name, colours in found.items() if colours} == {"print.css": {"#fff", "#000"}, "components.css": {"#fff"}}


@pytest.mark.parametrize("path", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)
def test_styles_with_sides_name_them_logically(path):
    physical = re.compile(
        r"^\s*((?:margin|padding|border|inset)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom|(?:min-|max-)?(?:width|height)|float|clear)\s*:"
        r"|text-align:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius",
        re.MULTILINE,
    )
    assert [match.group(0).strip() for match in physical.finditer(path.read_text())] == []


def test_letter_spacing_never_reaches_arabic():
    assert ":lang(ar) {\n  letter-spacing: normal !important;\n}" in (STYLES / "base.css").read_text()
