from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tosguard.engine.imports import Imported, ImportGraph, imports_of


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("import a", [("a", "", "a")], id="plain"),
        pytest.param("import a.b.c", [("a.b.c", "", "a")], id="a dotted import binds its root"),
        pytest.param("import a.b as c, d", [("a.b", "", "c"), ("d", "", "d")], id="several with an alias"),
        pytest.param("from a import b as c, d", [("a", "b", "c"), ("a", "d", "d")], id="names"),
        pytest.param("from .a import b", [(".a", "b", "b")], id="relative"),
        pytest.param("from . import b", [(".", "b", "b")], id="from the package"),
        pytest.param("from a import *", [("a", "*", "")], id="star"),
        pytest.param(
            "from a import (  # why\n  b,  # what\n  c as d,\n)\n", [("a", "b", "b"), ("a", "c", "d")], id="parentheses"
        ),
        pytest.param("from a import b, \\\n    c\nx = 1", [("a", "b", "b"), ("a", "c", "c")], id="continued line"),
        pytest.param("def f():\n    import a; x = 1\n", [("a", "", "a")], id="indented, with another statement"),
        pytest.param("x = 'from a import b'", [], id="not inside a line"),
        pytest.param("importing = 1", [], id="not a longer word"),
        pytest.param('import_module(f"a.b.{n}")', [("a.b", "**", "import_module")], id="every module of a package"),
        pytest.param('importlib.import_module("a." + n)', [("a", "**", "importlib")], id="the same, put together"),
        pytest.param('import_module(".%s" % n)', [(".", "**", "import_module")], id="every module beside it"),
        pytest.param('import_module("a.b")', [], id="one module by its name"),
        pytest.param('x = f"a.b.{n}"\nimport_module(x)', [("a.b", "**", "import_module")], id="named before"),
        pytest.param('x = f"a.b.{n}"\nimport_module("c")', [], id="a text beside a module's name"),
        pytest.param("pkgutil.iter_modules(a.b.__path__)", [("a.b", "**", "pkgutil")], id="a package that is listed"),
        pytest.param("walk_packages([__path__[0]])", [(".", "**", "walk_packages")], id="its own package"),
        pytest.param(
            'listdir("a/b"); spec_from_file_location(n, p)',
            [("a.b", "**", "spec_from_file_location")],
            id="a folder that is listed",
        ),
        pytest.param('spec_from_file_location(n, "a/b.py")', [], id="one file"),
        pytest.param("from a import b\r\nimport c\r\n", [("a", "b", "b"), ("c", "", "c")], id="CRLF"),
    ],
)
def test_imports_are_read_off_bytes(source: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(i.module, i.name, i.bound) for i in imports_of(source.encode())] == expected


@pytest.mark.parametrize(
    ("importer", "statement", "targets"),
    [
        pytest.param("pkg/a.py", "import pkg.b", ("pkg/b.py",), id="absolute"),
        pytest.param("pkg/a.py", "from . import b", ("pkg/__init__.py", "pkg/b.py"), id="submodule of the package"),
        pytest.param("pkg/sub/c.py", "from ..b import f", ("pkg/b.py",), id="parent package"),
        pytest.param("pkg/a.py", "from pkg import name", ("pkg/__init__.py",), id="re-export"),
        pytest.param("scripts/run.py", "import helper", ("scripts/helper.py",), id="sibling script"),
        pytest.param("tests/test_a.py", "import pkg2.x", ("src/pkg2/x.py",), id="src layout"),
        pytest.param("tests/test_a.py", "import json", (), id="a package's inner module is no top-level one"),
        pytest.param("pkg/a.py", "from .....far import x", (), id="beyond the root"),
        pytest.param("pkg/a.py", 'import_module(f"sub.{n}")', ("pkg/sub/c.py",), id="every module of a package"),
        pytest.param("scripts/run.py", 'import_module(f".{n}")', ("scripts/helper.py",), id="every module beside it"),
    ],
)
def test_targets(importer: str, statement: str, targets: tuple[str, ...]) -> None:
    paths = [
        *("pkg/__init__.py", "pkg/a.py", "pkg/b.py", "pkg/json.py", "pkg/sub/__init__.py", "pkg/sub/c.py"),
        *("scripts/run.py", "scripts/helper.py", "src/pkg2/__init__.py", "src/pkg2/x.py", "tests/test_a.py"),
    ]
    graph = ImportGraph(dict.fromkeys(paths, ()))
    (imported,) = imports_of(statement.encode())
    assert graph.targets(importer, imported) == targets


def test_importers_are_the_other_direction() -> None:
    graph = ImportGraph({"a.py": (Imported("b", "f", "f"),), "b.py": (), "c.py": (Imported("b", "", "b"),)})
    assert [importer for importer, _ in graph.importers("b.py")] == ["a.py", "c.py"]


_MODULES = ["a", "a.b", "b", ".", "..", ".b", "..a", "a.c.b", "c", "...", ".a.b"]
_PATHS = [
    "a.py",
    "b.py",
    "__init__.py",
    "a/__init__.py",
    "a/b.py",
    "a/c/__init__.py",
    "a/c/b.py",
    "c/b.py",
    "c/a/b.py",
    "c/d.py",
]


@given(
    st.dictionaries(
        st.sampled_from(_PATHS),
        st.lists(
            st.builds(
                lambda module, name: Imported(module, name, name),
                st.sampled_from(_MODULES),
                st.sampled_from(["", "*", "b", "a", "c"]),
            ),
            max_size=5,
        ),
    )
)
def test_importers_of_one_file_are_those_of_all(imports: dict[str, list[Imported]]) -> None:
    one, every = ImportGraph(imports), ImportGraph(imports)
    every._tell_all()
    for path in imports:
        assert one.importers(path) == every.importers(path)
