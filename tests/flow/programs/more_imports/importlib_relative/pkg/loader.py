import importlib

def load():
    importlib.import_module(".tools", package=__package__).run()
