"""Write the tables as they are declared now into the initial migration.

Only until schema 1 is released: after that a change of the tables is a new migration, written by
hand, and this script has done its work.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_mock_engine
from sqlalchemy.sql.ddl import DDLElement

from facilitator_kit.store import migrations
from facilitator_kit.store.tables import METADATA

HEAD = '''"""Schema 1: the tables as first released. Frozen: later changes are later migrations."""

from __future__ import annotations

from typing import Final

from facilitator_kit.store.engine import Database

STATEMENTS: Final = (
'''
TAIL = ''')


def apply(connection: Database) -> None:
    """Make the tables and indexes of schema 1."""
    for statement in STATEMENTS:
        connection.execute(statement)
'''


def statements() -> list[str]:
    """The statements that make the declared tables, one line for each column."""
    found: list[str] = []

    def note(element: DDLElement, *_args: object, **_kwargs: object) -> None:
        made = str(element.compile(dialect=engine.dialect)).strip()
        made = made.replace(" REFERENCES", "\n        REFERENCES").replace(
            " UNIQUE (", "\n        UNIQUE ("
        )
        lines = made.splitlines()
        found.append(
            "\n".join(line.replace("\t", "    ").rstrip() for line in lines if line.strip())
        )

    engine = create_mock_engine("sqlite://", note)
    METADATA.create_all(engine, checkfirst=False)
    return found


def main() -> None:
    body = "".join(f'    """\n{statement}\n""",\n' for statement in statements())
    target = Path(migrations.__file__).with_name("m0001_initial.py")
    target.write_text(HEAD + body + TAIL, encoding="utf-8")


if __name__ == "__main__":
    main()
