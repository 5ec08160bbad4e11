try:
    from missing_library import run
except ImportError:
    from tools import run

run()
