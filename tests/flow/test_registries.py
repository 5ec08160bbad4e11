"""Evaluation frameworks: many models behind one class, many tasks that call whatever they are given."""

from __future__ import annotations

from tests.flow.flows import marked, models, solved

#: A model behind a class, and one helper that every task shares.
SAMPLER = """\
from openai import OpenAI


class Sampler:
    def __init__(self, model):
        self.model = model
        self.client = OpenAI()

    def pack(self, text):
        return {"role": "user", "content": text}

    def __call__(self, messages):
        messages = [self.pack("Be brief.")] + messages
        answer = self.client.chat.completions.create(model=self.model, messages=messages)
        return Reply(text=answer.choices[0].message.content)


class Reply:
    def __init__(self, text):
        self.text = text
"""

MODELS = ("m-1", "m-2", "m-3", "m-4", "m-5", "m-6", "m-7", "m-8")


def _task(number: int) -> str:
    return (
        f"def task{number}(sampler):\n"
        f'    text = sampler([sampler.pack("question {number}")]).text  # born{number}\n'
        f"    json.dump(text, out)  # kept{number}\n\n"
    )


def test_tasks_that_share_a_registry_of_models_stay_apart() -> None:
    numbers = range(1, 10)
    main = (
        "import json\nfrom sampler import Sampler\nout = open('x.json', 'w')\n"
        f"more = {{{', '.join(f'{m!r}: Sampler({m!r})' for m in MODELS)}}}\n"
        + "".join(_task(n) for n in numbers)
        + "for sampler in more.values():\n"
        + "".join(f"    task{n}(sampler)\n" for n in numbers)
    )
    assert marked(main, sampler=SAMPLER) == {(f"born{n}", f"kept{n}") for n in numbers}
    assert models(solved(main, sampler=SAMPLER)) >= set(MODELS)


def test_a_helper_that_many_call_keeps_what_they_give_it_apart() -> None:
    numbers = range(1, 12)
    main = (
        "import json\nfrom api import ask\nout = open('x.json', 'w')\n\ndef row(text):\n    return {'text': text}\n\n"
    )
    for n in numbers:
        main += (
            f"json.dump(row(ask('{n}'))['text'], out)  # plain{n}\n"
            if n % 2
            else f"json.dump(row('{n}'), out)  # no{n}\n"
        )
    solution = solved(main)
    reached = {
        solution.calls[f.sink].place.line for f in solution.flows if solution.calls[f.sink].entry.role == "write"
    }
    assert reached == {number for number, line in enumerate(main.splitlines(), 1) if "# plain" in line}


def test_a_module_imported_from_the_root_package() -> None:
    main = "import json\nfrom . import api as models\njson.dump(models.ask('x'), open('x.json', 'w'))  # kept\n"
    solution = solved(main)
    assert [solution.calls[f.sink].place.line for f in solution.flows] == [3]


def test_a_name_of_the_root_package_that_is_no_module() -> None:
    main = "from . import missing, answer\nmissing.ask('x')\nprint(answer)  # kept\n"
    package = "from api import ask\nanswer = ask('x')  # born\n"
    assert marked(main, __init__=package) == {("born", "kept")}
