from .a import f
__all__ = ["f"]
