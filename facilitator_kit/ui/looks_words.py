"""The languages, colours and text sizes to choose from, in words."""

from __future__ import annotations

from facilitator_kit.i18n import Texts

SCALES = (100, 125, 150, 175, 200)
"""Text sizes offered, in percent."""


def language_choices() -> list[tuple[str, str]]:
    """Each language in its own words, so that whoever reads no other finds it."""
    return [("es", "Español"), ("en", "English")]


def theme_choices(_: Texts) -> list[tuple[str, str]]:
    """The three sets of colours."""
    return [("light", _("Claro")), ("dark", _("Oscuro")), ("contrast", _("Alto contraste"))]


def scale_choices(_: Texts) -> list[tuple[int, str]]:
    """Text sizes: "150 %"."""
    return [(scale, _.percent(scale)) for scale in SCALES]
