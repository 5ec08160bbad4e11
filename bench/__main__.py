"""Measure tosguard beside other tools, on pinned packages: ``python -m bench`` (see docs/performance.md).

Every tool is run in turn on the same trees in one session, so that ratios mean something even where the machine's
absolute times do not. Nothing that is downloaded is installed or run, but the tools themselves.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from bench.corpora import read_plan
from bench.goals import SUITES, Bench
from bench.table import write_results

HERE = Path(__file__).parent


def main() -> int:
    """Parse the command line, measure, and write ``results.json``, ``results.md`` and ``growth.svg``."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"default: all of {', '.join(SUITES)}")
    parser.add_argument("--work", type=Path, default=Path(".bench"), help="where downloads, trees and caches go")
    parser.add_argument("--runs", type=int, default=5, help="runs of each command; medians are told")
    parser.add_argument("--budget", type=float, default=600, help="seconds after which a command is not run again")
    parser.add_argument("--limit", type=float, default=3600, help="seconds after which a run is ended")
    parser.add_argument("--jobs", type=int, default=2, help="processes tosguard may use")
    parser.add_argument("--list", action="store_true", help="name the suites and what they measure")
    options = parser.parse_args()
    if options.list:
        for name, suite in SUITES.items():
            print(f"{name:10}{(suite.__doc__ or '').splitlines()[0]}")
        return 0
    if unknown := sorted(set(options.suites) - set(SUITES)):
        parser.error(f"there is no suite called {unknown[0]}")
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    bench = Bench(
        plan=read_plan(HERE / "corpora.yaml"),
        work=work,
        peers=_peers(work),
        runs=options.runs,
        budget=options.budget,
        jobs=options.jobs,
        limit=options.limit,
    )
    results = work / "results.json"
    known = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    for name in options.suites or SUITES:
        print(f"== {name}", file=sys.stderr)
        known[name] = SUITES[name](bench)
        results.write_text(json.dumps(known, indent=1), encoding="utf-8")
    write_results(known, work)
    print((work / "results.md").read_text(encoding="utf-8"))
    return 0


def _peers(work: Path) -> Path:
    """The folder of the other tools' commands, installed if need be."""
    folder = work / "peers"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    wanted = (HERE / "requirements.txt").read_bytes()
    stamp = folder / "requirements.txt"
    if not stamp.exists() or stamp.read_bytes() != wanted:
        venv.create(folder, with_pip=True, clear=True)
        command = [str(programs / "python"), "-m", "pip", "install", "-q", "-r", str(HERE / "requirements.txt")]
        subprocess.run(command, check=True)
        stamp.write_bytes(wanted)
    return programs


if __name__ == "__main__":
    sys.exit(main())
