import importlib

importlib.import_module("tools").run()
