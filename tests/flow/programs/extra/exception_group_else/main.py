def risky():
    raise KeyError("x")

def fallback():
    pass

try:
    risky()
except (KeyError, ValueError):
    fallback()
