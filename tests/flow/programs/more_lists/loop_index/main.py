def f(): pass
def g(): pass
fs = [f, g]
for i in range(len(fs)):
    fs[i]()
