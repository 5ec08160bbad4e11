__all__ = ["run", "_inner"]

def run():
    pass

def _inner():
    pass
