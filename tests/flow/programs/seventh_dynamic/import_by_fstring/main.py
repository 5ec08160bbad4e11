import importlib
which = "a"
importlib.import_module(f"plug_{which}").run()
