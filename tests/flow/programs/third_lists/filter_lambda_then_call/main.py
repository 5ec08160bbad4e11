def one():
    pass
fs = list(filter(lambda f: f is not None, [one, None]))
fs[0]()
