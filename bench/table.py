"""The results as a table of Markdown and a plot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.plot import chart, exponent

Results = dict[str, list[dict[str, Any]]]

#: Pysa on the repository of FastChat: CPU seconds and bytes, measured elsewhere.
_PYSA = (16.4, 545e6)


def write_results(results: Results, folder: Path) -> None:
    """Write ``results.md`` and ``growth.svg``.

    Args:
        results: the rows of each suite.
        folder: where to.
    """
    (folder / "results.md").write_text("\n".join([*_goals(results), "", *_rows(results), ""]), encoding="utf-8")
    series: dict[str, list[tuple[float, float]]] = {}
    for row in results.get("growth", ()):
        series.setdefault(row["tool"], []).append((row["lines"], row["wall"]))
    if series:
        picture = chart(series, "Time to audit, all lines analysed, no cache", "lines", "seconds")
        (folder / "growth.svg").write_text(picture, encoding="utf-8")


def _rows(results: Results) -> list[str]:
    lines = [
        "| suite | tool | lines | wall s | CPU s | largest process MB | all processes MB | runs |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for suite, rows in results.items():
        for row in rows:
            figures = f"{row['lines']:,} | {row['wall']:.3f} | {row['cpu']:.3f} | {row['largest'] / 1e6:.0f}"
            ended = "" if -1 not in row["codes"] else " (ended)"
            lines.append(
                f"| {suite} | {row['tool']}{ended} | {figures} | {row['together'] / 1e6:.0f} | {row['runs']} |"
            )
    return lines


def _goals(results: Results) -> list[str]:
    lines = ["| goal | aim | measured |", "|---|--:|--:|"]

    def of(suite: str, tool: str) -> dict[str, Any] | None:
        return next((row for row in results.get(suite, ()) if row["tool"] == tool), None)

    def ratio(said: str, aim: float, suite: str, tool: str, peer: str, what: str = "wall") -> None:
        own, other = of(suite, tool), of(suite, peer)
        if own is not None and other is not None and other[what]:
            lines.append(f"| {said} | ≤ {aim:g} | {own[what] / other[what]:.2f} |")

    ratio(
        "cold audit of the mixed tree, 2 processes / semgrep with two local rules", 0.8, "cold", "tosguard", "semgrep"
    )
    ratio("the same / bandit -r", 0.12, "cold", "tosguard", "bandit")
    ratio("cold, tree without providers / ruff --no-cache", 0.8, "plain", "tosguard", "ruff --no-cache")
    ratio("warm, nothing changed / ruff with filled cache, E9", 1.5, "warm", "tosguard", "ruff cached, E9")
    for kind, aim in (("with a provider", 0.7), ("without a provider", 0.35)):
        ratio(f"one file {kind} changed / bandit on it", aim, "commit", f"tosguard, {kind}", f"bandit, {kind}")
    if (own := of("fschat", "tosguard")) is not None:
        lines.append(
            f"| FastChat-sized, cold, one process: CPU / Pysa's {_PYSA[0]} s | ≤ 0.2 | {own['cpu'] / _PYSA[0]:.2f} |"
        )
        lines.append(f"| the same: memory / Pysa's 545 MB | ≤ 0.3 | {own['largest'] / _PYSA[1]:.2f} |")
    ratio("peak memory, mixed tree / semgrep's largest process", 0.9, "cold", "tosguard", "semgrep", "largest")
    points = [(row["lines"], row["wall"]) for row in results.get("growth", ()) if row["tool"] == "tosguard"]
    if (slope := exponent(points)) is not None:
        lines.append(f"| growth of time with lines analysed, exponent | ≤ 1.1 | {slope:.2f} |")
    return lines
