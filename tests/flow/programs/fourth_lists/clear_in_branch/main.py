import sys
def one():
    pass
def two():
    pass
fs = [one]
if sys.argv:
    fs.clear()
fs.append(two)
for f in fs:
    f()
