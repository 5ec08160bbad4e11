def f():
    pass

def g():
    pass

rows = [("a", f), ("b", g)]
rows[1][1]()
