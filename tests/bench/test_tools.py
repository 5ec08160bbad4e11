"""The parts of the benchmark that decide what its figures mean."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.corpora import unpack
from bench.measuring import measure
from bench.plot import chart, exponent


def test_the_exponent_is_the_power() -> None:
    assert exponent([(10, 3), (100, 30), (1000, 300)]) == pytest.approx(1)
    assert exponent([(10, 1), (100, 100)]) == pytest.approx(2)
    assert exponent([(10, 1)]) is None


def test_a_plot_is_xml() -> None:
    picture = chart({"tosguard": [(30_000, 1.5), (1_000_000, 50)], "other": []}, "title", "lines", "seconds")
    assert ElementTree.fromstring(picture).tag.endswith("svg")


def test_nothing_is_unpacked_outside_its_folder(tmp_path: Path) -> None:
    wheel = tmp_path / "a.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("../outside.py", "")
        archive.writestr("a/inside.py", "")
        archive.writestr("a/library.so", "")
        archive.writestr("a-1.dist-info/x.py", "")
    folder = tmp_path / "target"
    assert [path.relative_to(folder).as_posix() for path in unpack(wheel, folder)] == ["a/inside.py"]
    assert not (tmp_path / "outside.py").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_memory_of_children_counts(tmp_path: Path) -> None:
    inner = "import time; held = bytearray(60_000_000); time.sleep(1)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    sample = measure([sys.executable, "-c", code], tmp_path)
    assert sample.code == 0
    assert sample.largest > 60_000_000
    assert sample.together >= sample.largest
