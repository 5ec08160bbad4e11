from dataclasses import dataclass
from typing import Callable
@dataclass(frozen=True)
class Job:
    name: str
    fn: Callable
def f(): pass
def g(): pass
jobs = [Job("a", fn=f), Job("b", g)]
jobs[1].fn()
