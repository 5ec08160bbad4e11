def f(): pass
def get(): return {"a": f}
get()["a"]()
