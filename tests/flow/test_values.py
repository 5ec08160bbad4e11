"""Where a provider's answer goes and where it does not: one small program a way of travelling, with its near miss."""

from __future__ import annotations

import pytest

from tests.flow.flows import marked, models, solved

#: Programs by name, with the pairs of marks that a flow joins; a marked pair that is not listed must not be joined.
PROGRAMS: dict[str, tuple[str, set[tuple[str, str]]]] = {
    "assigned": (
        """
a = ask("x")  # a
b = ask("y")  # b
c = a
json.dump(c, out)  # file
""",
        {("a", "file")},
    ),
    "variable used again": (
        """
text = ask("x")  # a
print(text)
text = "plain"
json.dump(text, out)  # file
""",
        set(),
    ),
    "partial of itself": (
        """
from functools import partial

def write(text, sep):
    json.dump(text, out)  # file

step = write
for n in range(3):
    step = partial(step, sep=n)
step(ask("x"))  # a
ask("y")  # b
""",
        {("a", "file")},
    ),
    "tuple and starred": (
        """
first, *rest = ask("x"), "plain", ask("y")  # a
json.dump(rest[0], out)  # plain
json.dump(rest[1], out)  # second
json.dump(first, out)  # first
""",
        {("a", "second"), ("a", "first")},
    ),
    "two callers of one helper": (
        """
def one():
    a = ask("x")  # a
    json.dump(a, out)  # file_a

def two():
    b = ask("y")  # b
    json.dump(b, out)  # file_b

one()
two()
""",
        {("a", "file_a"), ("b", "file_b")},
    ),
    "a helper that hands back what it is given": (
        """
def clean(text):
    return text.strip()

a = clean(ask("x"))  # a
b = clean("plain")
json.dump(a, out)  # file_a
json.dump(b, out)  # file_b
""",
        {("a", "file_a")},
    ),
    "keys kept apart": (
        """
record = {"output": ask("x"), "instruction": "plain"}  # a
json.dump(record["output"], out)  # output
json.dump(record["instruction"], out)  # instruction
""",
        {("a", "output")},
    ),
    "key stored later": (
        """
record = {"instruction": "plain"}
record["output"] = ask("x")  # a
json.dump(record, out)  # record
json.dump(record["instruction"], out)  # instruction
""",
        {("a", "record")},
    ),
    "instances kept apart": (
        """
class Row:
    def __init__(self, text):
        self.text = text

a = Row(ask("x"))  # a
b = Row("plain")
json.dump(a.text, out)  # file_a
json.dump(b.text, out)  # file_b
""",
        {("a", "file_a")},
    ),
    "attribute stored anew": (
        """
class Row:
    pass

row = Row()
row.text = ask("x")  # a
row.text = "plain"
json.dump(row.text, out)  # file
""",
        set(),
    ),
    "fields of a dataclass": (
        """
from dataclasses import dataclass

@dataclass
class Row:
    prompt: str
    answer: str

row = Row("plain", ask("x"))  # a
json.dump(row.answer, out)  # answer
json.dump(row.prompt, out)  # prompt
""",
        {("a", "answer")},
    ),
    "list filled in a loop": (
        """
rows = []
other = []
for task in tasks:
    rows.append({"output": ask(task)})  # a
    other.append({"input": task})
json.dump(rows, out)  # rows
json.dump(other, out)  # other
""",
        {("a", "rows")},
    ),
    "comprehension": (
        """
answers = [ask(t) for t in tasks]  # a
lengths = [t for t in tasks]
json.dump(answers, out)  # answers
json.dump(lengths, out)  # lengths
""",
        {("a", "answers")},
    ),
    "generator": (
        """
def answers(tasks):
    for task in tasks:
        yield ask(task)  # a

def plain(tasks):
    for task in tasks:
        yield task

json.dump(list(answers(tasks)), out)  # answers
json.dump(list(plain(tasks)), out)  # plain
""",
        {("a", "answers")},
    ),
    "closure": (
        """
def make(text):
    def get():
        return text
    return get

first = make(ask("x"))  # a
second = make("plain")
json.dump(first(), out)  # first
json.dump(second(), out)  # second
""",
        {("a", "first")},
    ),
    "partial": (
        """
from functools import partial

def save(where, text):
    json.dump(text, where)  # file

save_here = partial(save, out)
save_here(ask("x"))  # a
""",
        {("a", "file")},
    ),
    "dispatch by a constant key": (
        """
def model(task):
    return ask(task)  # a

def echo(task):
    return task

TABLE = {"model": model, "echo": echo}
json.dump(TABLE["model"]("x"), out)  # model
json.dump(TABLE["echo"]("x"), out)  # echo
""",
        {("a", "model")},
    ),
    "registry filled by a decorator": (
        """
TABLE = {}

def register(name):
    def keep(function):
        TABLE[name] = function
        return function
    return keep

@register("model")
def model(task):
    return ask(task)  # a

@register("echo")
def echo(task):
    return task

json.dump(TABLE["model"]("x"), out)  # model
json.dump(TABLE["echo"]("x"), out)  # echo
""",
        {("a", "model")},
    ),
    "wrapped by a decorator": (
        """
import functools

def retry(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)
    return inner

@retry
def answer(task):
    return ask(task)  # a

@retry
def echo(task):
    return task

json.dump(answer("x"), out)  # answer
json.dump(echo("x"), out)  # echo
""",
        {("a", "answer")},
    ),
    "executor map": (
        """
from concurrent.futures import ThreadPoolExecutor

def answer(task):
    return ask(task)  # a

with ThreadPoolExecutor() as pool:
    answers = list(pool.map(answer, tasks))
    plain = list(pool.map(str, tasks))
json.dump(answers, out)  # answers
json.dump(plain, out)  # plain
""",
        {("a", "answers")},
    ),
    "futures with records": (
        """
from concurrent.futures import ThreadPoolExecutor, as_completed

def answer(task):
    return {"task": task, "output": ask(task)}  # a

with ThreadPoolExecutor() as pool:
    futures = {pool.submit(answer, t): t for t in tasks}
    for future in as_completed(futures):
        row = future.result()
        json.dump(row["output"], out)  # output
        json.dump(row["task"], out)  # task
""",
        {("a", "output")},
    ),
    "gather": (
        """
import asyncio

async def answer(task):
    return ask(task)  # a

async def plain(task):
    return task

async def run():
    first, second = await asyncio.gather(answer("x"), plain("y"))
    json.dump(first, out)  # first
    json.dump(second, out)  # second

asyncio.run(run())
""",
        {("a", "first")},
    ),
    "tasks gathered": (
        """
import asyncio

async def answer(task):
    return {"output": ask(task), "task": task}  # a

async def run():
    jobs = [asyncio.create_task(answer(t)) for t in tasks]
    rows = await asyncio.gather(*jobs)
    for row in rows:
        json.dump(row["output"], out)  # output
        json.dump(row["task"], out)  # task

asyncio.run(run())
""",
        {("a", "output")},
    ),
    "queue between threads": (
        """
import queue
import threading

answers = queue.Queue()
others = queue.Queue()

def work():
    answers.put(ask("x"))  # a
    others.put("plain")

threading.Thread(target=work).start()
json.dump(answers.get(), out)  # answers
json.dump(others.get(), out)  # others
""",
        {("a", "answers")},
    ),
    "pandas apply": (
        """
import pandas as pd

df = pd.read_csv("tasks.csv")
df["answer"] = df["task"].apply(lambda t: ask(t))  # a
df.to_json("answers.jsonl")  # frame
""",
        {("a", "frame")},
    ),
    "data set map": (
        """
from datasets import load_dataset

def add(row):
    row["output"] = ask(row["input"])  # a
    return row

data = load_dataset("json", data_files="tasks.json")["train"]
data.map(add).to_json("out.jsonl")  # mapped
data.to_json("same.jsonl")  # unmapped
""",
        {("a", "mapped")},
    ),
    "generator send": (
        """
def sink():
    while True:
        text = yield
        json.dump(text, out)  # file

s = sink()
next(s)
s.send(ask("x"))  # a
""",
        {("a", "file")},
    ),
    "exception carries the answer": (
        """
class Refused(Exception):
    def __init__(self, text):
        self.text = text

class Other(Exception):
    def __init__(self, text):
        self.text = text

def check():
    raise Refused(ask("x"))  # a

try:
    check()
except Refused as error:
    json.dump(error.text, out)  # refused
except Other as error:
    json.dump(error.text, out)  # other
""",
        {("a", "refused")},
    ),
    "branch decided by the caller": (
        """
def answer(task, use_model):
    if use_model == "yes":
        return ask(task)  # a
    return task

json.dump(answer("x", "yes"), out)  # yes
json.dump(answer("x", "no"), out)  # no
""",
        {("a", "yes")},
    ),
    "type test": (
        """
class Model:
    def run(self):
        return ask("x")  # a

class Echo:
    def run(self):
        return "plain"

def go(runner):
    if isinstance(runner, Model):
        return runner.run()
    return "none"

json.dump(go(Model()), out)  # model
json.dump(go(Echo()), out)  # echo
""",
        {("a", "model")},
    ),
    "subclass overrides": (
        """
class Base:
    def run(self):
        return self.step()

    def step(self):
        return "plain"

class Asking(Base):
    def step(self):
        return ask("x")  # a

json.dump(Asking().run(), out)  # asking
json.dump(Base().run(), out)  # base
""",
        {("a", "asking")},
    ),
    "property": (
        """
class Row:
    @property
    def answer(self):
        return ask("x")  # a

    @property
    def plain(self):
        return "plain"

json.dump(Row().answer, out)  # answer
json.dump(Row().plain, out)  # plain
""",
        {("a", "answer")},
    ),
    "context manager": (
        """
from contextlib import contextmanager

@contextmanager
def answered():
    yield ask("x")  # a

with answered() as text:
    json.dump(text, out)  # file
""",
        {("a", "file")},
    ),
    "getattr with a constant": (
        """
class Box:
    def answer(self):
        return ask("x")  # a

    def plain(self):
        return "plain"

json.dump(getattr(Box(), "answer")(), out)  # answer
json.dump(getattr(Box(), "plain")(), out)  # plain
""",
        {("a", "answer")},
    ),
    "slice and negative index": (
        """
items = ["plain", ask("x"), "plain"]  # a
json.dump(items[1:][0], out)  # second
json.dump(items[-1], out)  # last
""",
        {("a", "second")},
    ),
    "zip keeps columns apart": (
        """
answers = [ask(t) for t in tasks]  # a
for task, answer in zip(tasks, answers):
    json.dump(task, out)  # task
    json.dump(answer, out)  # answer
""",
        {("a", "answer")},
    ),
    "monkey-patched module attribute": (
        """
import api

def fake(prompt):
    return "plain"

api.render = fake
json.dump(api.render("x"), out)  # fake
answer = api.ask("x")  # a
json.dump(answer, out)  # real
""",
        {("a", "real")},
    ),
    "line of JSON": (
        """
rows = [{"output": ask("x")}]  # a
for row in rows:
    out.write(json.dumps(row) + "\\n")  # line
    out.write(json.dumps({"other": 1}) + "\\n")  # other
""",
        {("a", "line")},
    ),
    "pool inside a helper": (
        """
from multiprocessing.pool import ThreadPool

def spread(function, items):
    with ThreadPool(4) as pool:
        return list(pool.imap(function, items))

def answer(task):
    return ask(task)  # a

def echo(task):
    return task

json.dump(spread(answer, tasks), out)  # answers
json.dump(spread(echo, tasks), out)  # echoes
""",
        {("a", "answers")},
    ),
    "stored under an unknown index": (
        """
rows = [{"task": "x"}, {"task": "y"}]
for i, text in enumerate([ask("x"), ask("y")]):  # a
    rows[i]["output"] = text
    json.dump(rows[i], out)  # row
    json.dump(rows[i]["task"], out)  # task
""",
        {("a", "row")},
    ),
    "forwarded keywords": (
        """
def inner(prompt, **options):
    return options["answer"]

def outer(*args, **kwargs):
    return inner(*args, **kwargs)

json.dump(outer("x", answer=ask("x"), other="plain"), out)  # both
answer = ask("y")  # a
json.dump(outer("x", answer="plain", other=answer), out)  # other
""",
        set(),
    ),
    "text made of it": (
        """
answer = ask("x")  # a
json.dump(f"Answer: {answer}", out)  # template
json.dump("Answer: %s" % answer, out)  # percent
json.dump("Answer: {}".format(answer), out)  # format
json.dump("Answer: {}".format("plain"), out)  # plain
""",
        {("a", "template"), ("a", "percent"), ("a", "format")},
    ),
    "iterators that give each other out": (
        """
class There:
    def __init__(self, rows):
        self.rows = rows

    def __iter__(self):
        return Back(self.rows)

class Back:
    def __init__(self, rows):
        self.rows = rows

    def __iter__(self):
        return There(self.rows) if len(self.rows) > 1 else iter(self.rows)

class Rows:
    def __init__(self, rows):
        self.rows = rows

    def __iter__(self):
        return Back(self.rows)

for row in There([ask("x")]):  # a
    json.dump(row, out)  # there
for row in Rows(["plain", "text"]):
    json.dump(row, out)  # plain
""",
        {("a", "there")},
    ),
    "field without a name": (
        """
class Bag:
    pass

bag = Bag()
setattr(bag, "", ask("x"))  # a
bag.kept = ask("y")  # b
fields = {}
fields.update(bag.__dict__)
json.dump(fields["kept"], out)  # kept
json.dump(fields["other"], out)  # other
""",
        {("b", "kept")},
    ),
}

PRELUDE = 'import json\nfrom api import ask\ntasks = json.load(open("tasks.json"))\nout = open("out.json", "w")\n'


@pytest.mark.parametrize("name", PROGRAMS)
def test_flows_are_exact(name: str) -> None:
    program, expected = PROGRAMS[name]
    assert marked(PRELUDE + program) == expected


def test_a_file_read_under_the_name_it_was_written_under() -> None:
    writer = PRELUDE + 'json.dump({"output": ask("x")}, open("answers_v1.json", "w"))  # a\n'
    reader = (
        "import json\n"
        'rows = json.load(open("answers_v1.json"))\n'
        'other = json.load(open("answers_v2.json"))\n'
        'json.dump(rows["output"], open("copy1.json", "w"))  # same\n'
        'json.dump(other["output"], open("copy2.json", "w"))  # different\n'
    )
    assert marked(writer, reader=reader) == {("a", "same")}


def test_a_file_name_with_a_hole_meets_the_names_that_fit() -> None:
    writer = PRELUDE + 'for name in tasks:\n    json.dump(ask(name), open(f"answers/run_{name}.json", "w"))  # a\n'
    reader = (
        "import json\n"
        'json.dump(json.load(open("answers/run_three.json")), open("copy1.json", "w"))  # fits\n'
        'json.dump(json.load(open("answers/notes.json")), open("copy2.json", "w"))  # misses\n'
    )
    assert marked(writer, reader=reader) == {("a", "fits")}


def test_what_only_decides_is_derived() -> None:
    program = PRELUDE + (
        'verdict = ask("good?")  # a\n'
        "kept = []\n"
        "for task in tasks:\n"
        '    if "yes" in verdict:\n'
        "        kept.append(task)\n"
        "json.dump(kept, out)  # kept\n"
    )
    assert marked(program) == set()
    assert marked(program, derived=True) == {("a", "kept")}


@pytest.mark.parametrize(
    ("setup", "expected"),
    [
        ('ask("x", model="m-1")', {"m-1"}),
        ('MODEL = "m-2"\nask("x", MODEL)', {"m-2"}),
        ('CONFIG = {"model": "m-3", "judge": "m-4"}\nask("x", CONFIG["model"])', {"m-3"}),
        ('class Settings:\n    model = "m-5"\nask("x", Settings.model)', {"m-5"}),
        ('import os\nask("x", os.environ.get("MODEL", "m-6"))', {"m-6"}),
        ('size = "large"\nask("x", f"m-{size}")', {"m-large"}),
        ('ask("x", "m-%s" % "small")', {"m-small"}),
        ('ask("x", "m-{}".format("tiny"))', {"m-tiny"}),
        ('def run(model="m-7"):\n    ask("x", model)\nrun()', {"m-7"}),
        ('MODELS = ["m-8", "m-9"]\nfor m in MODELS:\n    ask("x", m)', {"m-8", "m-9"}),
        ('MODELS = ["m-8", "m-9"]\nask("x", MODELS[1])', {"m-9"}),
        ('model = "m-1"\nmodel = "m-2"\nask("x", model)', {"m-2"}),
        (
            "import argparse\np = argparse.ArgumentParser()\n"
            'p.add_argument("--model", default="m-10")\np.add_argument("--other", default="m-11")\n'
            'args = p.parse_args()\nask("x", args.model)',
            {"m-10"},
        ),
        (
            'from dataclasses import dataclass\n@dataclass\nclass Args:\n    model: str = "m-12"\n'
            '    judge: str = "m-13"\n'
            'ask("x", Args().model)',
            {"m-12"},
        ),
        (
            'import click\n@click.command()\n@click.option("--model", default="m-14")\n'
            '@click.option("--judge", default="m-15")\n'
            'def run(model, judge):\n    ask("x", model)\nrun()',
            {"m-14"},
        ),
        ('from enum import Enum\nclass M(Enum):\n    A = "m-16"\n    B = "m-17"\nask("x", M.A.value)', {"m-16"}),
        ('from enum import Enum\nclass M(Enum):\n    A = "m-16"\n    B = "m-17"\nask("x", M("m-17").value)', {"m-17"}),
        (
            'from enum import Enum\nclass M(Enum):\n    A = "m-16"\n    B = "m-17"\nask("x", M(tasks[0]).value)',
            {"m-16", "m-17"},
        ),
        (
            'from types import SimpleNamespace\nc = SimpleNamespace(model="m-18", judge="m-19")\nask("x", c.model)',
            {"m-18"},
        ),
        ('import typer\ndef run(model: str = typer.Option("m-20")):\n    ask("x", model)\ntyper.run(run)', {"m-20"}),
    ],
)
def test_constants_arrive(setup: str, expected: set[str]) -> None:
    assert models(solved(PRELUDE + setup + "\n")) == expected


def test_values_given_in_a_script_arrive_beside_the_default() -> None:
    from tests.flow.flows import API, catalogue
    from tosguard.flow.programs.project import SourceModule
    from tosguard.flow.solve import solve
    from tosguard.syntax.lowering import lower

    main = (
        "import argparse\nfrom api import ask\np = argparse.ArgumentParser()\n"
        'p.add_argument("--model", default="m-1")\n'
        'ask("x", p.parse_args().model)\n'
    )
    modules = [SourceModule("api.py", lower(API)), SourceModule("main.py", lower(main))]
    options = {("main.py", "model"): ("m-2",), ("other.py", "model"): ("m-3",)}
    assert models(solve(modules, catalogue(), options=options)) == {"m-1", "m-2"}


def test_every_flow_starts_at_its_birth_and_is_the_same_in_every_run() -> None:
    program = PRELUDE + PROGRAMS["futures with records"][0]
    first, second = solved(program), solved(program)
    assert first.flows == second.flows
    for flow in first.flows:
        assert flow.hops[0].kind == "born"
        assert flow.hops[-1].kind == "consumed"
