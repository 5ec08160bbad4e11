REG = {}
from . import a
