def f():
    pass

table = dict.fromkeys(["a", "b"], f)
table["a"]()
