__all__ = ["tools"]
from . import tools
