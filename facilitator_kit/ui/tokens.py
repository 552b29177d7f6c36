"""The design tokens: every colour of the screens, in the light, dark and high-contrast themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Token: TypeAlias = Literal[
    "ground",
    "surface",
    "line",
    "control_line",
    "track",
    "text",
    "muted",
    "primary",
    "primary_strong",
    "primary_soft",
    "on_primary",
    "good",
    "good_soft",
    "attention",
    "attention_soft",
    "bad",
    "bad_soft",
    "note",
    "note_soft",
    "shade",
]

Tone: TypeAlias = Literal["neutral", "primary", "good", "attention", "bad", "note"]
"""The meanings a pill, an icon or a bar can have: see the table in the design's README."""

TONES: Final[tuple[Tone, ...]] = ("neutral", "primary", "good", "attention", "bad", "note")


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. `line` separates; `control_line` bounds a field (3:1 against its ground)."""

    ground: str
    surface: str
    line: str
    control_line: str
    track: str
    text: str
    muted: str
    primary: str
    primary_strong: str
    primary_soft: str
    on_primary: str
    good: str
    good_soft: str
    attention: str
    attention_soft: str
    bad: str
    bad_soft: str
    note: str
    note_soft: str
    shade: str

    def value(self, token: Token) -> str:
        """The colour of `token` as `#rrggbb`."""
        return str(getattr(self, token))


_FRONT: Final[dict[Tone, Token]] = {
    "neutral": "text",
    "primary": "primary",
    "good": "good",
    "attention": "attention",
    "bad": "bad",
    "note": "note",
}
_BACK: Final[dict[Tone, Token]] = {
    "neutral": "ground",
    "primary": "primary_soft",
    "good": "good_soft",
    "attention": "attention_soft",
    "bad": "bad_soft",
    "note": "note_soft",
}


def front(tone: Tone) -> Token:
    """The token a tone is written in."""
    return _FRONT[tone]


def back(tone: Tone) -> Token:
    """The soft token a tone is written on."""
    return _BACK[tone]


LIGHT: Final = Tokens(
    ground="#F7F5F2",
    surface="#FFFFFF",
    line="#E4DED6",
    control_line="#8D8496",
    track="#EFE7E0",
    text="#231C2B",
    muted="#645B6E",
    primary="#5A2A6E",
    primary_strong="#472058",
    primary_soft="#F1E8F5",
    on_primary="#FFFFFF",
    good="#1F6B4A",
    good_soft="#E3F1EA",
    attention="#8A5300",
    attention_soft="#FBF0DC",
    bad="#A3211B",
    bad_soft="#FAE6E4",
    note="#1C5B88",
    note_soft="#E4EFF7",
    shade="#231C2B",
)

DARK: Final = Tokens(
    ground="#17131B",
    surface="#211B27",
    line="#3B3344",
    control_line="#857A91",
    track="#352D3D",
    text="#F3EEF6",
    muted="#B9AFC3",
    primary="#DDB8EE",
    primary_strong="#EBD3F6",
    primary_soft="#3C2A48",
    on_primary="#2C1338",
    good="#86D6AE",
    good_soft="#1A3529",
    attention="#F1C376",
    attention_soft="#3C2D12",
    bad="#F7A9A3",
    bad_soft="#45211F",
    note="#97CAEF",
    note_soft="#17324A",
    shade="#000000",
)

CONTRAST: Final = Tokens(
    ground="#000000",
    surface="#000000",
    line="#FFFFFF",
    control_line="#FFFFFF",
    track="#4A4A4A",
    text="#FFFFFF",
    muted="#E8E8E8",
    primary="#FFE14D",
    primary_strong="#FFF0A3",
    primary_soft="#3A3300",
    on_primary="#000000",
    good="#7CFFB8",
    good_soft="#00331A",
    attention="#FFC861",
    attention_soft="#3D2900",
    bad="#FFB3AD",
    bad_soft="#4A0906",
    note="#9AD8FF",
    note_soft="#002B4A",
    shade="#000000",
)

THEMES: Final[dict[str, Tokens]] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
