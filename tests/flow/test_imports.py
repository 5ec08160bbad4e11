"""What an import means among the modules of a project whose folders are not packages of one another."""

from __future__ import annotations

import pytest

from tosguard.flow.programs.project import Project, SourceModule
from tosguard.syntax.lowering import lower


def project(files: dict[str, str]) -> Project:
    return Project([SourceModule(path, lower(code)) for path, code in files.items()], {"json"}.__contains__)


@pytest.mark.parametrize(
    ("files", "names", "meant"),
    [
        ({"shared/client.py": "class Client: ..."}, ["Client"], "shared.client"),
        ({"shared/client.py": "class Client: ..."}, ["Server"], None),
        ({"shared/client.py": "class Client: ..."}, [], None),
        ({"shared/client.py": "Client = 1", "b/client.py": "Client = 1"}, ["Client"], "shared.client"),
        ({"a/c/client.py": "Client = 1", "b/client.py": "Client = 1"}, ["Client"], "a.c.client"),
        ({"shared/client.py": "Client = 1", "a/jobs/client.py": "Client = 1"}, ["Client"], "a.jobs.client"),
        ({"src/client/__init__.py": "", "src/client/api.py": "x = 1"}, ["api"], "src.client"),
        ({"src/client/api.py": "x = 1"}, ["api"], "src.client"),
    ],
    ids=[
        "a module of another folder that has what is taken",
        "one that has not",
        "nothing is taken",
        "a shared one first",
        "the nearest",
        "one beside the importer",
        "a package in a folder of sources",
        "one without a file of its own that is known",
    ],
)
def test_a_plain_name_is_looked_for_in_other_folders(
    files: dict[str, str], names: list[str], meant: str | None
) -> None:
    found = project({"a/jobs/run.py": "import client", **files})
    assert found.meant(found.by_path["a/jobs/run.py"], "client", names) == meant


def test_a_library_is_never_looked_for_elsewhere() -> None:
    found = project({"a/run.py": "from json import loads", "b/json.py": "def loads(): ..."})
    assert found.meant(found.by_path["a/run.py"], "json", ["loads"]) is None


def test_a_file_beside_the_importer_that_was_not_read_is_meant() -> None:
    sources = [SourceModule(p, lower(c)) for p, c in {"a/run.py": "", "shared/client.py": "Client = 1"}.items()]
    found = Project(sources, {"json"}.__contains__, ["a/client.py"])
    assert found.meant(found.by_path["a/run.py"], "client", ["Client"]) is None
