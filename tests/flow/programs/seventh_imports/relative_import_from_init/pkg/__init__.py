from . import a
from .b import g as h
