def one():
    pass
def two():
    pass
fs = [one, two]
fs.pop(0)()
