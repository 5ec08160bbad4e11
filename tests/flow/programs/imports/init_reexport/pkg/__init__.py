from .tools import run
