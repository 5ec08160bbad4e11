def one(): pass
fs = [one]
while (f := fs.pop() if fs else None):
    f()
