"""Languages: every text a person reads passes through a `Texts`, chosen by whoever shows it.

The source language is Spanish, so a text missing from a catalogue is still readable by the people
the program is for; English is kept complete by a test. The language is an argument, never global:
a document's language may differ from the screen's.

Babel, which knows how numbers and dates are written, is loaded when the first one is: no window
has to wait for it before it appears.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES: Final = ("es", "en")
DOMAIN: Final = "facilitator_kit"
LOCALE_DIR: Final = Path(__file__).parent / "locale"

_REMEMBERED: Final = 4_096
"""Numbers, and dates, that are written only once: a list shows the same few again and again."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text that is not yet in any language: made deep in the program, rendered where it is shown.

    `text` is the Spanish source with `{name}` fields; `values` fill them. With `plural` and `count`
    the form follows the count, which is also available as `{count}`.
    A value that is itself a `Message` is rendered in the same language.
    """

    text: str
    values: tuple[tuple[str, object], ...] = ()
    plural: str | None = None
    count: int = 0

    def __str__(self) -> str:
        return Texts("es").render(self)


def message(text: str, **values: object) -> Message:
    """A `Message` with fields, as in `message("No hay {what}", what=…)`. Translators see it."""
    return Message(text, tuple(values.items()))


def plural_message(singular: str, plural: str, count: int, **values: object) -> Message:
    """A `Message` whose form follows `count`. Translators see it."""
    return Message(singular, tuple(values.items()), plural, count)


class Texts:
    """One language for one reader. Called as `_("Texto")`, it answers in that language.

    `country` ("MX" or "CL") chooses how numbers and dates are written, and which of a pair of
    regional words (municipio, comuna) a pack's word list gives.
    """

    def __init__(self, language: str = "es", country: str = "MX") -> None:
        self.language = language
        self.country = country
        self._catalogue: gettext.NullTranslations
        if language == "es":
            self._catalogue = gettext.NullTranslations()
        else:
            self._catalogue = gettext.translation(DOMAIN, LOCALE_DIR, [language], fallback=True)

    @cached_property
    def locale(self) -> Locale:
        """How numbers and dates are written."""
        return _locale(self.locale_name)

    @property
    def locale_name(self) -> str:
        """The name of that, "es_MX" for instance: known without loading what writes them."""
        return f"es_{self.country}" if self.language == "es" else "en_US"

    def get_ready(self) -> None:
        """Load what numbers and dates are written with: the first of them keeps nobody waiting."""
        self.number(0)
        self.weekday_date(date(2026, 1, 1))

    def __call__(self, text: str, **values: object) -> str:
        """The text in this language, its `{fields}` filled from `values`."""
        if not text:  # gettext answers "" with the catalogue's header
            return ""
        found = self._catalogue.gettext(text)
        return found.format(**self._rendered(values)) if values else found

    def plural(self, singular: str, plural: str, count: int, **values: object) -> str:
        """The form that belongs to `count`; `{count}` is written in this locale's way."""
        found = self._catalogue.ngettext(singular, plural, count)
        return found.format(**{"count": self.number(count), **self._rendered(values)})

    def render(self, message: Message) -> str:
        """A `Message` in this language."""
        values = dict(message.values)
        if message.plural is not None:
            return self.plural(message.text, message.plural, message.count, **values)
        return self(message.text, **values)

    def _rendered(self, values: dict[str, object]) -> dict[str, object]:
        return {
            name: self.render(value) if isinstance(value, Message) else value
            for name, value in values.items()
        }

    # -- numbers -----------------------------------------------------------------------------

    def number(self, value: float | Decimal, decimals: int = 0) -> str:
        """1,600,000 in Mexico, 1.600.000 in Chile; rounded half up (domain.md §7, §8)."""
        return _number(value, decimals, self.locale_name)

    def percent(self, value: float | Decimal, decimals: int = 0) -> str:
        """`value` is in percent already (87.3, not 0.873): "87 %"."""
        gap = "" if self.language == "en" else "\u00a0"
        return f"{self.number(value, decimals)}{gap}%"

    def hours(self, minutes: int) -> str:
        """Minutes as hours, with one decimal only where it is needed: "12 h", "1.5 h"."""
        exact = Decimal(minutes) / 60
        return f"{self.number(exact, 0 if exact == exact.to_integral_value() else 1)}\u00a0h"

    # -- dates -------------------------------------------------------------------------------

    def date_long(self, day: date) -> str:
        """ "17 de octubre de 2024"."""
        pattern = "d 'de' MMMM 'de' y" if self.language == "es" else "d MMMM y"
        return self._date(day, pattern)

    def date_medium(self, day: date) -> str:
        """ "17 oct 2024"."""
        return self._date(day, "d MMM y").replace(".", "")

    def date_short(self, day: date) -> str:
        """ "17 oct": for table headings and lists of one year."""
        return self._date(day, "d MMM").replace(".", "")

    def date_near(self, day: date, near: date) -> str:
        """ "17 oct", with the year where it is not the year of `near`: "17 oct 2024"."""
        return self.date_short(day) if day.year == near.year else self.date_medium(day)

    def weekday_date(self, day: date) -> str:
        """ "lunes 23 de noviembre"."""
        pattern = "EEEE d 'de' MMMM" if self.language == "es" else "EEEE d MMMM"
        return self._date(day, pattern)

    def weekday_short(self, day: date) -> str:
        """ "mar 24"."""
        return self._date(day, "EEE d").replace(".", "")

    def weekday_name(self, weekday: int) -> str:
        """Monday is 0: "lunes"."""
        from babel.dates import get_day_names

        return str(get_day_names("wide", locale=self.locale)[weekday])

    def clock_time(self, moment: time | datetime) -> str:
        """ "10:05", always 24 hours."""
        return f"{moment:%H:%M}"

    def moment(self, moment: datetime) -> str:
        """ "17 oct 2024, 10:05"."""
        return f"{self.date_medium(moment.date())}, {self.clock_time(moment)}"

    def _date(self, day: date, pattern: str) -> str:
        return _date(day, pattern, self.locale_name)


@lru_cache
def _locale(name: str) -> Locale:
    from babel import Locale

    return Locale.parse(name)


@lru_cache(_REMEMBERED)
def _number(value: float | Decimal, decimals: int, locale_name: str) -> str:
    from babel.numbers import format_decimal

    quantum = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(quantum, rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(rounded, format=pattern, locale=_locale(locale_name))


@lru_cache(_REMEMBERED)
def _date(day: date, pattern: str, locale_name: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, _locale(locale_name))
