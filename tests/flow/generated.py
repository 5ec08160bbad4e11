"""Small programs for properties: provider calls, what is done with the answers, where they end, and distractors.

A program is a list of *lines of work*: independent chains of steps, each over variables of its own. That makes it known
beforehand which statements may trade places, which may move into a helper, and where the file may be cut.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from hypothesis import strategies as st

API = """\
from openai import OpenAI

client = OpenAI()


def ask(prompt):
    response = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}])
    return response.choices[0].message.content
"""
PRELUDE = "import json\n\nfrom api import ask\n\n"

#: Steps from a variable to the next one; ``{v}`` is the variable, ``{n}`` the new one.
STEPS = (
    "{n} = {v}",
    "{n} = str({v})",
    "{n} = 'Answer: ' + str({v})",
    "{n} = f'<{{{v}}}>'",
    "{n} = [{v}]",
    "{n} = [x for x in [{v}]]",
    '{n} = {{"output": {v}, "instruction": "plain"}}',
    '{n} = {{"output": {v}}}["output"]',
    '{n} = {{"text": {v}, "n": 1}}["n"]',
    "{n} = ({v}, 'plain')[0]",
    "{n} = ('plain', {v})[0]",
    "{n} = (lambda y: y)({v})",
    "{n} = list(map(lambda y: y, [{v}]))",
    "{n} = {v} if len(str({v})) else 'plain'",
)
#: Where a chain ends.
ENDS = (
    'json.dump({v}, open("out_{k}.json", "w"))',
    'open("out_{k}.txt", "w").write(str({v}))',
    'print(json.dumps({{"messages": [{{"role": "assistant", "content": {v}}}]}}))',
)
STARTS = ("{n} = ask('x{k}')", "{n} = ask('x{k}')", "{n} = 'plain'", "{n} = json.load(open('in_{k}.json'))")


@dataclass(frozen=True)
class Chain:
    """One line of work: the templates of its statements in order."""

    number: int
    start: str
    steps: tuple[str, ...]
    ends: tuple[str, ...]
    helper: bool = False

    def statements(self, names: Names) -> list[str]:
        """Its statements in a program."""
        name = names.variable(self.number, 0)
        lines = [self.start.format(n=name, k=self.number)]
        for position, step in enumerate(self.steps, 1):
            fresh = names.variable(self.number, position)
            lines.append(step.format(v=name, n=fresh))
            name = fresh
        return [*lines, *(end.format(v=name, k=self.number) for end in self.ends)]

    def definition(self, names: Names) -> list[str]:
        """What must stand before it: with ``helper``, its steps as a function."""
        if not self.helper:
            return []
        body = self.statements(names)[1 : 1 + len(self.steps)]
        last = names.variable(self.number, len(self.steps))
        head = f"def {names.function(self.number)}({names.variable(self.number, 0)}):"
        return [head, *(f"    {line}" for line in body), f"    return {last}", "", ""]

    def body(self, names: Names) -> list[str]:
        """Its statements, with the helper called where it has one."""
        lines = self.statements(names)
        if not self.helper:
            return lines
        count = len(self.steps)
        first, last = names.variable(self.number, 0), names.variable(self.number, count)
        return [lines[0], f"{last} = {names.function(self.number)}({first})", *lines[1 + count :]]


@dataclass(frozen=True)
class Names:
    """How variables and functions are called."""

    prefix: str = "v"
    scrambled: int = 0

    def variable(self, chain: int, position: int) -> str:
        """The name of a chain's variable."""
        return f"{self.prefix}{self._number(chain)}_{position}"

    def function(self, chain: int) -> str:
        """The name of a chain's helper."""
        return f"{self.prefix}_work_{self._number(chain)}"

    def _number(self, chain: int) -> int:
        return (chain * 7 + self.scrambled) % 101


@dataclass(frozen=True)
class Program:
    """Chains, how names are chosen, and how statements of different chains are interleaved."""

    chains: tuple[Chain, ...]
    names: Names = Names()
    seed: int | None = None
    cut: int = 0

    def files(self) -> dict[str, str]:
        """The program as files: one beside ``api.py``, or two that import each other's way."""
        here, there = self.chains[self.cut :], self.chains[: self.cut]
        found = {"api.py": API, "main.py": PRELUDE + self._text(here)}
        if there:
            found["part.py"] = PRELUDE + self._text(there)
            found["main.py"] = "import part\n" + found["main.py"]
        return found

    def _text(self, chains: tuple[Chain, ...]) -> str:
        definitions = [line for chain in chains for line in chain.definition(self.names)]
        bodies = [list(chain.body(self.names)) for chain in chains]
        lines: list[str] = []
        picker = random.Random(self.seed)
        while any(bodies):
            left = [body for body in bodies if body]
            lines.append((left[0] if self.seed is None else picker.choice(left)).pop(0))
        return "\n".join([*definitions, *lines, ""])


def chains(number: int) -> st.SearchStrategy[Chain]:
    """One chain."""
    return st.builds(
        Chain,
        st.just(number),
        st.sampled_from(STARTS),
        st.lists(st.sampled_from(STEPS), min_size=1, max_size=4).map(tuple),
        st.lists(st.sampled_from(ENDS), min_size=1, max_size=2, unique=True).map(tuple),
    )


programs = st.integers(1, 4).flatmap(
    lambda count: st.tuples(*(chains(number) for number in range(count))).map(lambda found: Program(tuple(found)))
)


def renamed(program: Program, seed: int) -> Program:
    """Other names for all variables and functions."""
    return replace(program, names=Names("renamed_", seed))


def reordered(program: Program, seed: int) -> Program:
    """Independent statements in another order."""
    return replace(program, seed=seed)


def extracted(program: Program, which: int) -> Program:
    """The steps of one chain moved into a helper."""
    chosen = which % len(program.chains)
    return replace(
        program, chains=tuple(replace(c, helper=True) if i == chosen else c for i, c in enumerate(program.chains))
    )


def split(program: Program, where: int) -> Program:
    """Some chains moved into a file of their own, which the other imports."""
    return replace(program, cut=where % len(program.chains))
