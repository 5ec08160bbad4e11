from __future__ import annotations

from collections.abc import Collection, Mapping, Set

import pytest

from tosguard.engine.closure import close
from tosguard.engine.filenames import FileNames, file_names
from tosguard.engine.imports import ImportGraph, imports_of
from tosguard.engine.surface import Surface, surface_of
from tosguard.sources.importing import bound_in
from tosguard.sources.triage import Triage
from tosguard.syntax.lowering import lower

MARKS = Triage([b"openai"])


def closure(files: Mapping[str, str]) -> list[str]:
    """The files that are analysed; all names are without their suffix."""
    sources = {f"{name}.py": text for name, text in files.items()}
    graph = ImportGraph({path: imports_of(text.encode()) for path, text in sources.items()})
    rounds: list[str] = []

    def surfaces(paths: Collection[str]) -> Mapping[str, Surface]:
        rounds.extend(paths)
        return {path: surface_of(lower(sources[path]), sources[path], MARKS) for path in paths}

    def defines(path: str, names: Set[str]) -> bool:
        bound = bound_in(sources[path].encode())
        return bound is None or not bound.isdisjoint(names)

    candidates = [path for path, text in sources.items() if MARKS.mentions(text.encode())]
    found = close(candidates, graph, surfaces, defines=defines)
    assert len(rounds) == len(set(rounds)), "a file was lowered twice"
    return [path.removesuffix(".py") for path in found.paths]


CLIENT = "import openai\ndef ask(p):\n    return openai.create(p)\ndef unrelated():\n    return 1\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"client": CLIENT, "other": "x = 1"}, ["client"], id="the candidate alone"),
        pytest.param(
            {"client": CLIENT, "script": "from client import ask\nask(1)"}, ["client", "script"], id="a caller"
        ),
        pytest.param(
            {
                "client": CLIENT,
                "runner": "import importlib\nfrom client import ask\n"
                "def load(n):\n    return importlib.import_module(f'tasks.{n}').Task()\n"
                "def main():\n    ask(load(1).question)",
                "tasks/one": "class Task:\n    question = 1",
                "tasks/two": "class Other:\n    question = 1",
                "beside/three": "class Task:\n    question = 1",
            },
            ["client", "runner", "tasks/one"],
            id="modules that are loaded by name, as far as they define what is used",
        ),
        pytest.param(
            {
                "makers/openai_one": CLIENT,
                "runner": "import importlib\ndef ask(n, p):\n    return importlib.import_module('makers.' + n).ask(p)",
                "script": "from runner import ask\nask('openai_one', 1)",
            },
            ["makers/openai_one", "runner", "script"],
            id="who loads a provider's module by name, and its caller",
        ),
        pytest.param(
            {"client": CLIENT, "script": "from client import unrelated\nunrelated()"},
            ["client"],
            id="who imports another name of the file is no caller",
        ),
        pytest.param(
            {"client": CLIENT, "a": "from client import ask as f\ndef g():\n    return f(1)", "b": "import a\na.g()"},
            ["a", "b", "client"],
            id="a caller's caller, over an alias and a module",
        ),
        pytest.param(
            {
                "client": CLIENT,
                "conf": "def load():\n    return 'm'",
                "s": "from client import ask\nfrom conf import load\nmodel = load()\nask(model)",
            },
            ["client", "conf", "s"],
            id="what computes a value that a call uses",
        ),
        pytest.param(
            {"client": CLIENT, "nb/a": "get_ipython().run_line_magic('run', '-i ../client.py')\nask(1)"},
            ["client", "nb/a"],
            id="who runs a script as a notebook does",
        ),
        pytest.param(
            {"client": CLIENT, "pkg/__init__": "from client import ask", "s": "from pkg import ask\nask(1)"},
            ["client", "pkg/__init__", "s"],
            id="through a re-export",
        ),
        pytest.param(
            {
                "client": "import openai\nclass Model: pass\nclass Remote(Model):\n    c = openai.x",
                "s": "from client import Model\ndef f(m: Model): m.ask()",
            },
            ["client", "s"],
            id="who handles the class that a tainted one is derived from",
        ),
        pytest.param(
            {"client": CLIENT, "s": "from client import *\nask(1)"}, ["client", "s"], id="through a star import"
        ),
        pytest.param(
            {
                "client": "import openai\nfrom parsing import clean\ndef ask(p):\n    return clean(openai.create(p))",
                "parsing": "from deep import strip\ndef clean(t):\n    return strip(t)\n",
                "deep": "def strip(t):\n    return t.strip()\n",
            },
            ["client", "deep", "parsing"],
            id="what handles the output, transitively",
        ),
        pytest.param(
            {
                "client": "import openai\nfrom logs import setup\ndef ask(p):\n    return openai.create(p)\nsetup()",
                "logs": "def setup(): pass",
            },
            ["client"],
            id="what the file uses elsewhere is left out",
        ),
        pytest.param(
            {"a": "import openai\nimport b\ndef f():\n    return b.g()", "b": "import a\ndef g():\n    return a.f()"},
            ["a", "b"],
            id="a circle",
        ),
        pytest.param(
            {"client": "if True:\n    import openai\n    X = openai\n", "s": "from client import X\nX.create()"},
            ["client", "s"],
            id="bound under a condition",
        ),
        pytest.param(
            {"c": "import openai\nREGISTRY = {}\nREGISTRY['x'] = openai.create\n", "s": "from c import REGISTRY\n"},
            ["c", "s"],
            id="kept in a registry",
        ),
        pytest.param(
            {
                "client": "import openai\nimport lib\ndef ask(p):\n    return lib.clean(openai.create(p))",
                "lib/__init__": "from .texts import *\nfrom .plots import *\nfrom .more import *",
                "lib/texts": "try:\n    import re\n    def clean(t):\n        return t\nexcept ImportError:\n    pass",
                "lib/plots": "def draw(t):\n    clean = t\n    return clean",
                "lib/more": "from .deeper import *",
                "lib/deeper": "clean_all = None",
            },
            ["client", "lib/__init__", "lib/more", "lib/texts"],
            id="of what a package gathers by stars only the modules that may define what is used",
        ),
        pytest.param(
            {
                "client": "import openai\nimport lib\ndef ask(p):\n    return lib.clean(openai.create(p.draw()))",
                "lib": "from plots import draw\nfrom texts import strip\ndef clean(t):\n    return strip(t)",
                "plots": "def draw(t): pass",
                "texts": "def strip(t): pass",
            },
            ["client", "lib", "texts"],
            id="an attribute of something else is no use of a module's function of that name",
        ),
        pytest.param(
            {
                "client": "import openai\nfrom lib.clean import clean\ndef ask(p):\n    return clean(openai.create(p))",
                "lib/clean": "from texts import strip\ndef clean(t):\n    return strip(t)",
                "texts": "def strip(t): pass",
            },
            ["client", "lib/clean", "texts"],
            id="a function called like its module",
        ),
        pytest.param(
            {
                "client": "import openai\nimport lib\ndef ask(p):\n    return getattr(lib, 'clean')(openai.create(p))",
                "lib": "from plots import draw\nfrom texts import strip\ndef clean(t):\n    return strip(t)",
                "plots": "def draw(t): pass",
                "texts": "def strip(t): pass",
            },
            ["client", "lib", "texts"],
            id="taken of a module by a string",
        ),
        pytest.param(
            {
                "client": "import openai\nfrom lib import clean\ndef ask(p):\n    return clean(openai.create(p))",
                "lib": 'import texts\ndef clean(t):\n    """See texts.strip."""\n    return t  # texts.strip(t)',
                "texts": "def strip(t): pass",
            },
            ["client", "lib"],
            id="what a docstring or a comment names is not used",
        ),
    ],
)
def test_closure(files: dict[str, str], expected: list[str]) -> None:
    assert closure(files) == expected


def _chain(files: Mapping[str, str]) -> list[str]:
    """What is analysed of files that share data files by name."""
    sources = {f"{name}.py": text for name, text in files.items()}
    names = FileNames({path: file_names(text.encode()) for path, text in sources.items()})
    graph = ImportGraph({path: imports_of(text.encode()) for path, text in sources.items()})

    def surfaces(paths: Collection[str]) -> Mapping[str, Surface]:
        return {path: surface_of(lower(sources[path]), sources[path], MARKS) for path in paths}

    found = close([path for path, text in sources.items() if MARKS.mentions(text.encode())], graph, surfaces, names)
    return [path.removesuffix(".py") for path in found.paths]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"ask": 'openai\nopen("raw/answers_{}.pkl".format(n))', "mid": 'open(f"raw/answers_{i}.pkl")'},
            ["ask", "mid"],
            id="a reader of what an analysed file writes",
        ),
        pytest.param(
            {
                "ask": 'openai\nopen("answers.jsonl")',
                "mid": 'from lines import rows\nrows("answers.jsonl", "dialogues.jsonl")',
                "last": 'open("dialogues.jsonl")',
                "lines": "def rows(a, b): pass",
            },
            ["ask", "last", "lines", "mid"],
            id="a chain of two files, and what its middle calls",
        ),
        pytest.param(
            {
                "ask": 'openai\nopen("tales/" + n, "w")',
                "mid": 'for n in listdir("tales/"): pass',
                "page": 'url("tales/")',
            },
            ["ask", "mid"],
            id="a reader of the folder that an analysed file fills",
        ),
        pytest.param(
            {"ask": 'openai\nopen("config.json"); open("a.txt")', "other": 'open("config.json"); open("a.txt")'},
            ["ask"],
            id="names that say nothing",
        ),
        pytest.param(
            {"ask": 'openai\nopen("answers.jsonl")', **{f"f{i}": 'open("answers.jsonl")' for i in range(9)}},
            ["ask"],
            id="a name that everybody mentions",
        ),
    ],
)
def test_files_that_share_a_data_file_are_analysed_together(files: Mapping[str, str], expected: list[str]) -> None:
    assert _chain(files) == expected


def test_names_of_data_files_are_read_off_bytes() -> None:
    source = b"""open('%s_ab.csv' % n); load(f"{root}/day_{d}/ab.json"); x = "pairs/a.json" + 'no_literal.json.bak'"""
    assert file_names(source) == ("pairs/a.json",)
    assert file_names(b'p = "{}_transcripts.jsonl"\nq = r"C:\\data\\tweets_raw.csv"') == (
        "{}_transcripts.jsonl",
        "tweets_raw.csv",
    )


def test_a_listing_names_the_files_of_its_directory() -> None:
    written = file_names(b'open(f"answers/{model}.jsonl", "w")')
    assert written == file_names(b'glob.glob("answers/*.jsonl")') == ("answers/{}.jsonl", "answers/")
    assert file_names(b'glob.glob("dataset/*.jsonl"); glob.glob("*.jsonl")') == ()
    assert file_names(b'open(f"results/{model}.json")') == ("results/{}.json",)


def test_folders_are_named_where_files_are_opened_or_listed() -> None:
    assert file_names(rb"""os.listdir("C:\\all\\tales\\"); open('raw/cof1/' + name)""") == ("tales/", "cof1/")
    assert file_names(b"""open("http://here.org/tales/"); open("data/" + n); open(f"{a}/" + n)""") == ()
    assert file_names(b'path("tales/", view)') == ()


def test_of_copies_of_one_chain_each_is_joined() -> None:
    names = FileNames({f"{d}/{f}.py": ("tales/",) for d in "abcde" for f in ("ask", "join")})
    assert names.sharing(["a/ask.py"]) == {"a/join.py"}


def test_what_is_analysed_only_for_what_others_call_there_is_a_helper() -> None:
    sources = {
        "client.py": CLIENT + "from lines import tidy\ndef asked(p):\n    return tidy(ask(p))\n",
        "script.py": "from client import ask\nask(1)",
        "lines.py": "def tidy(text):\n    return text\n",
        "odd.py": "import openai",
    }
    graph = ImportGraph({path: imports_of(text.encode()) for path, text in sources.items()})

    def surfaces(paths: Collection[str]) -> Mapping[str, Surface]:
        return {path: surface_of(lower(sources[path]), sources[path], MARKS) for path in paths}

    found = close(["client.py", "odd.py"], graph, surfaces)
    assert found.paths == ("client.py", "lines.py", "odd.py", "script.py")
    assert found.helpers == {"lines.py"}
