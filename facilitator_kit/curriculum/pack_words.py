"""The words of a pack by country: those of the whole pack, and those of each of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from facilitator_kit.curriculum.pack_text import TERM, Terms, decode
from facilitator_kit.curriculum.toml_source import Findings, Place, TomlTable, read_toml
from facilitator_kit.i18n import message

_PART = re.compile(r"modules/[^/]+|complements/[^/]+|process")


class PackWords:
    """Which word stands for a term, for each country and each file of the pack.

    A module, a complement and the process may have words of their own (`words.toml`), which come
    before the country's; a complement also uses those of its module.
    """

    def __init__(
        self,
        files: Mapping[str, bytes],
        texts: Mapping[str, str],
        countries: Iterable[str],
        findings: Findings,
    ) -> None:
        self._findings = findings
        # By country, then by part of the pack; "" holds the words of the whole pack.
        self._words: dict[str, dict[str, dict[str, str]]] = {}
        self._terms: dict[tuple[str, str], Terms] = {}
        self._module_of: dict[str, str] = {}
        for country in countries:
            self._words[country] = {"": self._country_words(files, country)}
        for file, text in texts.items():
            part = file.removesuffix("/words.toml")
            if part != file and _PART.fullmatch(part):
                self._read_part(part, file, text)
            elif re.fullmatch(r"complements/[^/]+/complement\.toml", file):
                table = read_toml(text, file, Findings())
                module = table.text("module", default="") if table is not None else ""
                if module:
                    self._module_of[file.rpartition("/")[0]] = f"modules/{module}"

    def of_country(self, country: str) -> Mapping[str, str]:
        """The words of the whole pack for a country; none when the pack has no such country."""
        return self._words.get(country, {"": {}})[""]

    def terms(self, file: str, country: str) -> Terms:
        """The terms that a file may use."""
        found = _PART.match(file)
        part = found[0] if found else ""
        if (country, part) not in self._terms:
            words = self._words.get(country, {"": {}})
            own, module = words.get(part, {}), words.get(self._module_of.get(part, ""), {})
            self._terms[country, part] = Terms(own, module, words[""])
        return self._terms[country, part]

    def check(self, texts: Mapping[str, str], findings: Findings | None = None) -> None:
        """Report each term of these files that a country of the pack lacks."""
        findings = findings or self._findings
        for file, text in texts.items():
            if "{{" not in text:
                continue
            known = {country: self.terms(file, country) for country in self._words}
            for number, line in enumerate(text.split("\n"), start=1):
                for found in TERM.finditer(line):
                    lacking = [country for country in known if found[1] not in known[country]]
                    if lacking:
                        self._report(findings, Place(file, number), found[1], lacking)

    def _report(self, findings: Findings, place: Place, term: str, lacking: list[str]) -> None:
        if len(lacking) == len(self._words):
            findings.add(
                place,
                "unknown_term",
                message("El término «{term}» no está en ninguna lista de palabras.", term=term),
                message("Agréguelo a words.toml del módulo o a la lista de cada país."),
            )
        else:
            findings.add(
                place,
                "term_missing_for_country",
                message(
                    "El término «{term}» falta para {countries}.",
                    term=term,
                    countries=", ".join(lacking),
                ),
                message("Agréguelo también a la lista de ese país."),
            )

    def _country_words(self, files: Mapping[str, bytes], country: str) -> dict[str, str]:
        file = f"words/{country}.toml"
        if file not in files:
            self._findings.add(
                Place(file),
                "missing_words",
                message("Falta la lista de palabras de «{country}».", country=country),
                message("Agregue {file}.", file=file),
            )
            return {}
        text = decode(files[file], file, self._findings)
        table = None if text is None else read_toml(text, file, self._findings)
        return self._words_of(table) if table is not None else {}

    def _read_part(self, part: str, file: str, text: str) -> None:
        table = read_toml(text, file, self._findings)
        if table is None:
            return
        for country, words in self._words.items():
            inner = table.table(country, required=False)
            if inner is not None:
                words[part] = self._words_of(inner)
        table.finish()

    def _words_of(self, table: TomlTable) -> dict[str, str]:
        words: dict[str, str] = {}
        for key in table.names():
            word = table.text(key)
            if "\n" in word or "|" in word or "{{" in word:
                table.add(
                    key,
                    "bad_term",
                    message("El término «{term}» no cabe en un renglón de texto.", term=key),
                    message("Escríbalo sin saltos de línea, barras ni otras llaves."),
                )
            words[key] = word
        return words
