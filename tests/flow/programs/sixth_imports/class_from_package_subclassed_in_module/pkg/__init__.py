from .base import Base as B
