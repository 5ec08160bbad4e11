from plugins import REG
def f(): pass
REG["a"] = f
