def add(x):
    return x

OPS = {"a": lambda x: add(x), "b": lambda x: x}
OPS["b"](1)
