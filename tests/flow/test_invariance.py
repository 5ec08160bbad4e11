"""What is found does not depend on names, on the order of independent statements, on helpers or on files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.flow.flows import catalogue
from tests.flow.generated import Program, extracted, programs, renamed, reordered, split
from tosguard.flow.facts import NOTHING, Solution
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import solve
from tosguard.syntax.lowering import lower
from tosguard.usage.classify import classify

SMALL = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
numbers = st.integers(0, 50)


def solved(files: dict[str, str], *, backwards: bool = False) -> Solution:
    modules = [SourceModule(path, lower(text)) for path, text in sorted(files.items(), reverse=backwards)]
    return solve(modules, catalogue())


def _paths(solution: Solution, sink: int) -> tuple[str, ...]:
    """The files that a call writes, which no change touches."""
    return tuple(sorted(solution.calls[sink].arguments.get("path", NOTHING).texts()))


def flows_of(solution: Solution) -> Counter[tuple[object, ...]]:
    """Flows by what is born, what takes it in, and where it sits in that."""
    return Counter(
        (
            solution.calls[solution.origins[flow.origin].call].symbol,
            solution.calls[flow.sink].symbol,
            _paths(solution, flow.sink),
            flow.argument,
            flow.keys,
            flow.derived,
        )
        for flow in solution.flows
    )


def usages_of(solution: Solution) -> set[tuple[object, ...]]:
    """Usages by what they say, wherever they stand: one a file covers all calls of its kind."""
    return {(u.pattern, u.providers, u.models) for u in classify(solution, catalogue())}


def same(program: Program, other: Program) -> None:
    first, second = solved(program.files()), solved(other.files())
    assert flows_of(first) == flows_of(second)
    assert usages_of(first) == usages_of(second)


def test_the_generator_makes_flows_and_near_misses() -> None:
    """The properties below are worth something: many programs have a flow, many chains have none."""
    seen: Counter[bool] = Counter()

    @SMALL
    @given(programs)
    def count(program: Program) -> None:
        asked = any("ask" in chain.start for chain in program.chains)
        found = any(symbol.startswith("openai") for symbol, *_ in flows_of(solved(program.files())))
        assert asked or not found
        seen[found] += 1

    count()
    assert min(seen[True], seen[False]) >= 2


def _property(change: Callable[[Program, int], Program]) -> Callable[[], None]:
    @SMALL
    @given(programs, numbers)
    def holds(program: Program, number: int) -> None:
        same(program, change(program, number))

    return holds


test_renaming_changes_nothing = _property(renamed)
test_reordering_independent_statements_changes_nothing = _property(reordered)
test_extracting_a_helper_changes_nothing = _property(extracted)
test_splitting_a_file_changes_nothing = _property(split)


@SMALL
@given(programs, numbers)
def test_the_order_of_files_does_not_matter(program: Program, number: int) -> None:
    files = split(program, number).files()
    first, second = solved(files), solved(files, backwards=True)
    assert first == second
