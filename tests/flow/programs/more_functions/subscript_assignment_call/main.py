def key():
    return "a"

def value():
    return 1

d = {}
d[key()] = value()
