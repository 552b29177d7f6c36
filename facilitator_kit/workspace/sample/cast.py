"""The sample's people: fictitious names drawn with a seed from `content/sample/people.toml`."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import replace

from facilitator_kit.monitoring.records import Channel, Participant, SafeContact, TitleForm


class Cast:
    """Draws people one after another; no full name comes twice unless it is meant to."""

    def __init__(self, files: Mapping[str, bytes], chance: random.Random) -> None:
        data = tomllib.loads(files["people.toml"].decode())
        self._given: list[str] = data["given"]
        self._surnames: list[str] = data["surnames"]
        self._chance = chance
        self._seen: set[tuple[str, str, str]] = set()
        self._drawn = 0
        self.special = tuple(_person(row) for row in data["special"])
        self.homonyms = (_person(data["homonym"]), _person(data["homonym"]))
        self.facilitators: tuple[str, ...] = tuple(data["facilitators"])
        self.trainees = tuple(Participant("", "", *names) for names in data["trainees"])

    def draw(self) -> Participant:
        """Somebody new, with a safe contact that leads nowhere (numbers are fictitious)."""
        while True:
            name = (
                self._chance.choice(self._given),
                self._chance.choice(self._surnames),
                # Some women have one surname only.
                "" if self._chance.random() < 0.06 else self._chance.choice(self._surnames),
            )
            if name not in self._seen:
                break
        self._seen.add(name)
        return self.reachable(Participant("", "", name[0], name[1], name[2]))

    def reachable(self, person: Participant) -> Participant:
        """The person with a safe contact of her own."""
        self._drawn += 1
        channel = self._chance.choice(
            (Channel.WHATSAPP, Channel.WHATSAPP, Channel.CALL, Channel.SMS, Channel.IN_PERSON)
        )
        by_phone = channel is not Channel.IN_PERSON
        return replace(
            person,
            contact=SafeContact(
                channel=channel,
                address=f"33 5550 {self._drawn:04d}" if by_phone else "",
                hours=self._chance.choice(
                    ("lunes a viernes, 10 a 13 h", "después de las 17 h", "solo sábados", "")
                ),
                may_leave_message=by_phone and self._chance.random() < 0.3,
                call_her=self._chance.choice(("", "", "la señora Mari", "Lupita")),
            ),
        )


def _person(row: list[str]) -> Participant:
    given, first, second, social, form = row
    return Participant("", "", given, first, second, social, TitleForm(form))
