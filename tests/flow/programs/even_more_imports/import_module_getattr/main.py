import importlib
getattr(importlib.import_module("tools"), "f")()
