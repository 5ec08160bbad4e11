"""A toy analysis for tests of what comes after it: every call of ``train`` is a use, every use is judged."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from tosguard.findings.decide import Decision, decide
from tosguard.policy.judgement import Judgement, Severity, Verdict
from tosguard.usage.model import Confidence, Location, Step, Usage

RULE = "openai/training-on-output"
RULES = (RULE, "openai/bulk-evaluation", "mistral/training-on-output")
TODAY = "2026-03-01"


class _Calls(ast.NodeVisitor):
    def __init__(self, path: str) -> None:
        self.path = path
        self.scope: list[str] = []
        self.found: list[Usage] = []

    def _enter(self, node: ast.FunctionDef | ast.ClassDef) -> None:
        self.scope.append(node.name)
        self.generic_visit(node)
        self.scope.pop()

    visit_FunctionDef = _enter
    visit_ClassDef = _enter

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "train":
            assert node.end_lineno is not None and node.end_col_offset is not None
            place = (node.lineno, node.col_offset + 1, node.end_lineno, node.end_col_offset + 1)
            location = Location(self.path, *place, scope=".".join(self.scope))
            trace = (Step("sink", self.path, node.lineno, node.col_offset + 1, "trained on"),)
            name = f"{self.path}:{node.lineno}:{node.col_offset}"
            self.found.append(
                Usage(name, "training-on-output", ("openai",), (), Confidence.HIGH, location, trace=trace)
            )
        self.generic_visit(node)


def usages_of(files: Mapping[str, str]) -> list[Usage]:
    found: list[Usage] = []
    for path in sorted(files):
        visitor = _Calls(path)
        visitor.visit(ast.parse(files[path]))
        found += visitor.found
    return found


def judged(usage: Usage, rule: str = RULE, verdict: Verdict = Verdict.PROHIBITED) -> Judgement:
    return Judgement(rule, usage.id, "openai", verdict, Severity.ERROR, "output is trained on", "", "", (), None)


def run(files: Mapping[str, str], **options: object) -> Decision:
    usages = usages_of(files)
    arguments: dict[str, object] = {"as_of": TODAY, "known_rules": RULES, **options}
    return decide(usages, [judged(usage) for usage in usages], files, **arguments)  # type: ignore[arg-type]


def statuses(decision: Decision) -> list[str]:
    return [f"{f.usage.location.path}:{f.usage.location.line} {f.status.value}" for f in decision.findings]


def kinds(decision: Decision) -> list[str]:
    return [problem.kind for problem in decision.problems]
