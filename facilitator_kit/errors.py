"""The faults a person can do something about, and the problems found in what she gave us.

Two kinds of fault exist: a `KitError` says what happened and what to do; anything else that is
raised is a bug, logged without personal data and shown once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from facilitator_kit.i18n import Message, Texts


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in something a person gave us.

    `file` is the file (or sheet) as she knows it, `place` where in it ("row 4", "Fecha") for a
    person, `line` the line or row number for a machine (0: the whole file). `code` is stable and
    English, `reason` says what is wrong, `remedy` what to do.
    """

    file: str
    code: str
    reason: Message
    remedy: Message
    line: int = 0
    place: Message | str = ""


class KitError(Exception):
    """A fault the user can act on. `reason` says what happened, `remedy` what to do about it."""

    def __init__(self, reason: Message, remedy: Message, code: str = "refused") -> None:
        super().__init__(reason.text)
        self.reason = reason
        self.remedy = remedy
        self.code = code

    def text(self, _: Texts) -> str:
        """Reason and remedy, in one language."""
        return f"{_.render(self.reason)} {_.render(self.remedy)}".strip()


class InputRefused(KitError):  # noqa: N818 - it is an answer, not a defect
    """Something given to us was refused whole, with all its problems; nothing was changed."""

    def __init__(
        self,
        reason: Message,
        remedy: Message,
        problems: Iterable[Problem],
        code: str = "input_refused",
    ) -> None:
        super().__init__(reason, remedy, code)
        self.problems = tuple(problems)


class NotOpened(KitError):  # noqa: N818 - it is an answer, not a defect
    """A workspace, backup or pack was not opened; it was left as it was found.

    `code` is one of: missing, empty, foreign, damaged, unencrypted, wrong_passphrase, in_use,
    newer_version, not_writable, exists, unsigned, bad_signature.
    """


class NotUndone(KitError):  # noqa: N818 - it is an answer, not a defect
    """A change cannot be taken back: the row has changed since, or a folio was issued on it."""


class StorageFailed(KitError):  # noqa: N818 - it is an answer, not a defect
    """The disk is full, gone or read-only. Nothing of the change was stored."""
