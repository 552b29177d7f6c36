"""Numbers, dates and titles in words, as formal papers ask for them."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.names import titled
from facilitator_kit.monitoring.records import TitleForm


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ES_BELOW_30: Final = _words(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve"
)
_ES_TENS: Final = _words("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_ES_HUNDREDS: Final = _words(
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos "
    "novecientos"
)
_EN_BELOW_20: Final = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_EN_TENS: Final = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_ORDINALS: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def spelled_number(number: int, _: Texts) -> str:
    """The number in words, in the language of `_`: "noventa y uno". From 0 to 999,999."""
    if not 0 <= number <= 999_999:
        raise ValueError(number)
    return _spanish(number) if _.language == "es" else _english(number)


def spelled_persons(number: int, _: Texts) -> str:
    """The number in words before a feminine noun: "veintiuna", "ciento una", "doscientas"."""
    words = spelled_number(number, _)
    if _.language != "es":
        return words
    words = words.replace("cientos", "cientas").replace("quinientos", "quinientas")
    if words.endswith("veintiuno"):
        return words[: -len("veintiuno")] + "veintiuna"
    return words[:-1] + "a" if words == "uno" or words.endswith(" uno") else words


def _spanish(number: int) -> str:
    if number < 30:
        return _ES_BELOW_30[number]
    if number < 100:
        tens, units = divmod(number, 10)
        word = _ES_TENS[tens - 3]
        return f"{word} y {_ES_BELOW_30[units]}" if units else word
    if number == 100:
        return "cien"
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        word = _ES_HUNDREDS[hundreds - 1]
        return f"{word} {_spanish(rest)}" if rest else word
    thousands, rest = divmod(number, 1000)
    # "uno" loses its o before "mil": veintiún mil, treinta y un mil; one thousand is just "mil".
    word = "" if thousands == 1 else _shortened(_spanish(thousands)) + " "
    return f"{word}mil {_spanish(rest)}" if rest else f"{word}mil"


def _shortened(words: str) -> str:
    if words.endswith("veintiuno"):
        return words[: -len("veintiuno")] + "veintiún"
    return words[:-1] if words.endswith("uno") else words


def _english(number: int) -> str:
    if number < 20:
        return _EN_BELOW_20[number]
    if number < 100:
        tens, units = divmod(number, 10)
        word = _EN_TENS[tens - 2]
        return f"{word}-{_EN_BELOW_20[units]}" if units else word
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        word = f"{_EN_BELOW_20[hundreds]} hundred"
        return f"{word} and {_english(rest)}" if rest else word
    thousands, rest = divmod(number, 1000)
    word = f"{_english(thousands)} thousand"
    if not rest:
        return word
    return f"{word} and {_english(rest)}" if rest < 100 else f"{word} {_english(rest)}"


def _english_ordinal(number: int) -> str:
    words = _english(number)
    start, dash, last = words.rpartition("-")
    if last in _EN_ORDINALS:
        last = _EN_ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return start + dash + last


def spelled_date(day: date, _: Texts) -> str:
    """The date wholly in words: "diecisiete de octubre de dos mil veinticuatro"."""
    month = _.date_long(day).split(" ")[2 if _.language == "es" else 1]
    if _.language == "es":
        # In formal Mexican and Chilean papers the first of a month is "primero".
        number = "primero" if day.day == 1 else _spanish(day.day)
        return f"{number} de {month} de {_spanish(day.year)}"
    return f"{_english_ordinal(day.day)} of {month}, {_english(day.year)}"


def spelled_time(moment: time, _: Texts) -> str:
    """The hour in words beside a feminine noun: "diez horas con treinta minutos"."""
    hours = _.plural(
        "{words} hora", "{words} horas", moment.hour, words=spelled_persons(moment.hour, _)
    )
    if not moment.minute:
        return hours
    minutes = spelled_number(moment.minute, _)
    if _.language == "es":
        minutes = _shortened(minutes)
    return _.plural(
        "{hours} con {words} minuto",
        "{hours} con {words} minutos",
        moment.minute,
        hours=hours,
        words=minutes,
    )


def place_date(place: str, day: date, _: Texts) -> str:
    """The line over the signatures: "Guadalajara, Jalisco, a 17 de octubre de 2024"."""
    if not place:
        return _.date_long(day)
    return _("{place}, a {date}", place=place, date=_.date_long(day))


def period_text(starts_on: date, ends_on: date, _: Texts) -> str:
    """ "del 4 de marzo al 4 de septiembre de 2026"; both years where they differ."""
    if starts_on == ends_on:
        return _("el {date}", date=_.date_long(ends_on))
    start = _.date_long(starts_on)
    if starts_on.year == ends_on.year:
        year = f" de {starts_on.year}" if _.language == "es" else f" {starts_on.year}"
        start = start.removesuffix(year)
    return _("del {start} al {end}", start=start, end=_.date_long(ends_on))


def title_of(form: TitleForm, _: Texts) -> str:
    """How a person who graduates is titled in the form that she chose."""
    return _.render(titled(form))
