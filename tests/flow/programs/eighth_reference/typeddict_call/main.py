from typing import TypedDict, Callable
class Conf(TypedDict):
    fn: Callable
def a(): pass
c: Conf = {"fn": a}
c["fn"]()
