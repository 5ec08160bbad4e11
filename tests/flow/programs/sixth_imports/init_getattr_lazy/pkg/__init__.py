import importlib
def __getattr__(name):
    if name == "lazy":
        return importlib.import_module("." + name, __name__)
    raise AttributeError(name)
