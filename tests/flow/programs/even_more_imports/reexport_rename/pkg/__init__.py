from .impl import _go as go
