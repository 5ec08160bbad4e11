from typing import TypedDict
class T(TypedDict):
    cb: object
def f(): pass
t: T = {"cb": f}
t["cb"]()
T(cb=f)["cb"]()
