def f(): pass
def pairs():
    yield "a", f
dict(pairs())["a"]()
