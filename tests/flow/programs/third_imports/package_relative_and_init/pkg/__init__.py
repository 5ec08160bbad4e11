from .core import api
