try:
    from fastlib import parse
except ImportError:
    def parse(x):
        return x
parse(1)
