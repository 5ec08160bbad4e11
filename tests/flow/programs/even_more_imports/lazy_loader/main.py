import importlib
def load(name):
    return importlib.import_module("plugins." + name)
load("a").f()
