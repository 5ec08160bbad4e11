__all__ = ["_hidden"]
def _hidden(): pass
