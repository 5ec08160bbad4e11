import importlib
importlib.import_module(".tool", package="pkg").f()
