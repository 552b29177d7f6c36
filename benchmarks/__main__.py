"""`kit bench`: runs the benchmarks and prints a table, or with `--json` a list."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator

from benchmarks import (
    binders,
    certificates,
    curriculum,
    encryption,
    screens,
    starting,
    women,
    workspaces,
)
from benchmarks.frame import Measure, Scale, table

BENCHMARKS: dict[str, Callable[[Scale], Iterator[Measure]]] = {
    "starting": starting.measure,
    "workspaces": workspaces.measure,
    "women": women.measure,
    "encryption": encryption.measure,
    "certificates": certificates.measure,
    "curriculum": curriculum.measure,
    "binders": binders.measure,
    "screens": screens.measure,
}


def main(arguments: list[str]) -> int:
    """Runs the benchmarks that are named, or all of them. Status 2 on wrong usage."""
    parser = argparse.ArgumentParser(prog="kit bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], metavar="NAME")
    parser.add_argument("--json", action="store_true", help="a list of figures on standard output")
    parser.add_argument("--quick", action="store_true", help="small amounts, one round")
    options = parser.parse_args(arguments)
    scale = Scale(options.quick)
    measures: list[Measure] = []
    for name in options.names or BENCHMARKS:
        print(f"… {name}", file=sys.stderr, flush=True)
        measures += BENCHMARKS[name](scale)
    if options.json:
        figures = [measure.as_json() for measure in measures]
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        print("\n".join(table(measures)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
