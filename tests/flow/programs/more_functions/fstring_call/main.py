def name():
    return "x"

text = f"hello {name()!r:>{width()}}"

def width():
    return 3
