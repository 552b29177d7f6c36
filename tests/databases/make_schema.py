"""Store a workspace of the schema as it is now, to be opened by the tests of every later version.

Run once for each released schema (and again while the first is not released yet):
`PYTHONPATH=.:tests/store python tests/databases/make_schema.py`. It writes `schema_<n>/` with the
workspace (a sample, so its key is in it) and `records.json` with what it holds.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from made_records import one_of_each

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Centre, Participant
from facilitator_kit.store import Store
from facilitator_kit.store.journal import WRITERS
from facilitator_kit.store.migrations import SCHEMA
from facilitator_kit.store.tables import table_name


def main() -> None:
    target = Path(__file__).parent / f"schema_{SCHEMA}"
    shutil.rmtree(target, ignore_errors=True)
    clock = FixedClock(datetime(2026, 11, 24, 9, 0), timedelta(seconds=1))  # noqa: DTZ001 - local
    ids = Ids.seeded(clock, SCHEMA)
    made = one_of_each(ids)
    with Store.create_sample(target, clock, ids) as store:
        with store.change(message("Preparar"), actor="ana") as tx:
            tx.put_all(made.values())
        with store.change(message("Registrar a {name}", name="Xóchitl"), actor="ana") as tx:
            tx.put(Participant(ids.new(), "CR-002", "Xóchitl", "Núñez-O’Higgins", "de la Cruz"))
        with store.change(message("Renombrar el centro"), actor="eva") as tx:
            tx.put(replace(made[Centre], name="Centro renombrado"))
        kept = {
            table_name(kind): [json.loads(WRITERS[kind](record)) for record in store.find(kind)]
            for kind in made
        }
    shutil.rmtree(target / "backups")
    (target / "lock").unlink()
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    (target / "records.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
