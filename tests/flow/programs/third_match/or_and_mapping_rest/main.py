def one():
    pass
def two():
    pass
def pick(event):
    match event:
        case {"kind": "a" | "b", "run": f}:
            f()
        case {"kind": "c", **rest}:
            rest["run"]()
pick({"kind": "a", "run": one})
pick({"kind": "c", "run": two})
