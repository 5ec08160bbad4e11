from . import x
from .x import *
__all__ = ["own"] + x.__all__
def own(): pass
