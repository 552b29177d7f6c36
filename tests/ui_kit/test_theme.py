"""The look: readable in every theme, scaled by text size, with the bundled fonts and icons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication

from facilitator_kit import paths
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.stylesheet import stylesheet
from facilitator_kit.ui.theme import FAMILIES, Theme
from facilitator_kit.ui.tokens import THEMES, TONES, Token, back, front

UI = Path(__file__).resolve().parents[2] / "facilitator_kit" / "ui"

GROUNDS: tuple[Token, ...] = ("ground", "surface", "primary_soft", "track")
BOUNDS: tuple[Token, ...] = ("control_line", "primary")

TEXT_PAIRS: list[tuple[Token, Token]] = [
    *(("text", ground) for ground in GROUNDS),
    *(("muted", ground) for ground in GROUNDS),
    *((front(tone), back(tone)) for tone in TONES),
    *((front(tone), "surface") for tone in TONES),
    *((front(tone), "ground") for tone in TONES),
    ("on_primary", "primary"),
    ("on_primary", "primary_strong"),
    ("surface", "text"),
]


def luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""

    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    found = QColor(colour)
    return (
        0.2126 * linear(found.red())
        + 0.7152 * linear(found.green())
        + 0.0722 * linear(found.blue())
    )


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, "contrast ratio"."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_its_ground(name: str) -> None:
    tokens = THEMES[name]
    poor = {
        (text, ground): round(contrast(tokens.value(text), tokens.value(ground)), 2)
        for text, ground in TEXT_PAIRS
        if contrast(tokens.value(text), tokens.value(ground)) < 4.5
    }
    assert poor == {}


@pytest.mark.parametrize("name", THEMES)
def test_fields_and_focus_stand_out_from_what_is_around_them(name: str) -> None:
    tokens = THEMES[name]
    for bound in BOUNDS:
        for ground in GROUNDS[:2]:
            assert contrast(tokens.value(bound), tokens.value(ground)) >= 3


def test_no_colour_is_written_outside_the_tokens() -> None:
    colour = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*\d|Qt\.GlobalColor\.(?!transparent)")
    found = [
        f"{file.relative_to(UI)}: {hit.group()}"
        for file in UI.rglob("*.py")
        if file.name != "tokens.py"
        for hit in colour.finditer(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("scale", [100, 137, 200])
def test_qt_understands_the_whole_style_sheet(
    qapp: QApplication, capfd: pytest.CaptureFixture[str], name: str, scale: int
) -> None:
    Theme(name, scale).apply(qapp)
    text = stylesheet(THEMES[name], scale)
    assert text.count("{") == text.count("}")
    assert "parse" not in capfd.readouterr().err


def test_text_size_scales_fonts_and_lengths(qapp: QApplication) -> None:
    theme = Theme()
    theme.apply(qapp)
    theme.choose(scale=200)
    assert theme.font().pixelSize() == 28
    assert qapp.font().pixelSize() == 28
    assert theme.px(36) == 72
    theme.choose(scale=1000)
    assert theme.scale == 200
    theme.choose("light", 100)


def test_a_new_theme_is_told_and_recolours_icons(qapp: QApplication) -> None:
    theme = Theme()
    theme.apply(qapp)
    icons = Icons(theme)
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.name))
    light = icons.pixmap("printer").toImage()
    theme.choose("dark")
    assert told == ["dark"]
    assert icons.pixmap("printer").toImage() != light
    theme.choose("light")


def test_the_bundled_family_is_the_one_used(theme: Theme) -> None:
    assert QFontInfo(theme.font()).family() == FAMILIES[0]


@pytest.mark.parametrize("style", ["Regular", "SemiBold", "Bold", "Italic"])
def test_the_family_can_write_names_and_figures(style: str) -> None:
    known = TTFont(paths.FONTS / f"AtkinsonHyperlegibleNext-{style}.ttf").getBestCmap()
    needed = "ABCÑÜÁÉÍÓÚñüáéíóúçãõöäßłšžğ¿¡«»“”‘’–—…·ªº€$%×0123456789\u00a0"
    assert [mark for mark in needed if ord(mark) not in known] == []


def test_digits_are_equally_wide_in_tables(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font())
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


@pytest.mark.parametrize("name", Icons.names())
def test_every_icon_draws_something(theme: Theme, name: str) -> None:
    image = Icons(theme).pixmap(name, size=24).toImage()
    drawn = sum(
        image.pixelColor(x, y).alpha() > 100
        for x in range(image.width())
        for y in range(image.height())
    )
    assert drawn > 8


def test_an_icon_that_is_not_bundled_is_a_mistake_seen_at_once(theme: Theme) -> None:
    with pytest.raises(KeyError):
        Icons(theme).pixmap("no-such-icon")
