import importlib
mod = importlib.import_module("plug.alpha")
mod.run()
getattr(importlib.import_module("plug." + "beta"), "run")()
