from contextlib import suppress
def risky():
    pass
with suppress(ValueError):
    risky()
