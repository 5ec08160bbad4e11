def one():
    pass
def two():
    pass
fs = [one]
fs.insert(0, two)
fs[0]()
