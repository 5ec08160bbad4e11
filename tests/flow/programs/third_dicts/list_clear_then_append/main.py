def one():
    pass
def two():
    pass
fs = [one]
fs.clear()
fs.append(two)
for f in fs:
    f()
