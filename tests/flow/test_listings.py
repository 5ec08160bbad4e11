"""What is written under a name worked out at run time is read where its directory is listed."""

from __future__ import annotations

import pytest

from tests.flow.flows import marked


def written(folder: str) -> str:
    return (
        "from api import ask\nimport json\n\n"
        "def answer(model, question):\n"
        "    said = ask(question, model)  # said\n"
        f'    with open(f"{folder}/{{model}}.json", "w") as out:\n'
        "        json.dump(said, out)\n"
    )


READERS = {
    "glob": 'for name in glob.glob("answers/*.json"):\n    print(json.load(open(name)))  # shown\n',
    "glob in a folder": 'for name in glob.glob(os.path.join("answers", "*.json")):\n'
    "    print(json.load(open(name)))  # shown\n",
    "listdir": 'for name in os.listdir("answers"):\n    print(json.load(open("answers/" + name)))  # shown\n',
    "walk": 'for root, folders, names in os.walk("answers"):\n'
    "    for name in names:\n        print(json.load(open(os.path.join(root, name))))  # shown\n",
    "Path.glob": 'for path in Path("answers").glob("*.json"):\n    print(json.loads(path.read_text()))  # shown\n',
    "Path.iterdir": 'for path in Path("answers").iterdir():\n    print(json.loads(path.read_text()))  # shown\n',
    "sorted": 'for path in sorted(Path("answers").glob("*")):\n    print(json.load(path.open()))  # shown\n',
}
IMPORTS = "import glob, json, os\nfrom pathlib import Path\n"


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())
def test_a_listing_reads_what_was_written_into_the_directory(reader: str) -> None:
    assert ("said", "shown") in marked(IMPORTS + reader, writer=written("answers"))


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())
def test_another_directory_is_not_read(reader: str) -> None:
    assert ("said", "shown") not in marked(IMPORTS + reader, writer=written("prompts"))


def test_another_ending_is_not_read() -> None:
    reader = 'for name in glob.glob("answers/*.txt"):\n    print(open(name).read())  # shown\n'
    assert ("said", "shown") not in marked(IMPORTS + reader, writer=written("answers"))


def test_a_directory_of_a_common_name_is_read_only_where_it_is_listed() -> None:
    listed = 'for name in glob.glob("results/*.json"):\n    print(json.load(open(name)))  # shown\n'
    assert ("said", "shown") in marked(IMPORTS + listed, writer=written("results"))
    asked = 'def show(name):\n    print(json.load(open(f"results/{name}.json")))  # shown\n'
    assert ("said", "shown") not in marked(IMPORTS + asked, writer=written("results"))


@pytest.mark.parametrize(
    "test",
    ['name.endswith(".txt")', 'name.startswith("a")', 'name != "index.txt"', '"a" in name', 'not name == "b.txt"'],
)
def test_what_a_listed_name_decides_is_not_known(test: str) -> None:
    program = (
        "import os\nfrom api import ask\n\n"
        "def read(folder):\n"
        "    said = []\n"
        "    for name in os.listdir(folder):\n"
        f"        if {test}:\n"
        "            said.append(ask(name))  # said\n"
        "    print(said)  # shown\n\n"
        'read("notes")\n'
    )
    assert ("said", "shown") in marked(program)
