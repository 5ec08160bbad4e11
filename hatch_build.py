"""Lays the ready-made catalogue and rule packs beside their YAML in a wheel, so that an installation parses neither.

The YAML stays what counts: a ready-made file names the digest of the YAML it was made from and is used for no other. A
wheel that is built where YAML cannot be read carries none, and works.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledFormHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled files to a wheel; an editable installation and the source archive need none."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a folder of its own and name every file's place in the wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from tosguard.catalog.compiled import compile_catalogue
            from tosguard.policy.compiled import compile_packs

            self._folder = tempfile.TemporaryDirectory()
            target = Path(self._folder.name)
            compile_catalogue(target / "catalog" / "compiled.json")
            compile_packs(root / "rules", target / "_rules")
        except ImportError as error:
            self.app.display_warning(f"the wheel carries YAML only: {error}")
            return
        finally:
            sys.path.remove(str(root))
        for file in sorted(target.rglob("*.json")):
            build_data["force_include"][str(file)] = f"tosguard/{file.relative_to(target).as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Drop the folder."""
        folder = getattr(self, "_folder", None)
        if folder is not None:
            folder.cleanup()
