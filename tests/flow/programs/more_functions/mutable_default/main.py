def f():
    pass

def add(action, into=[]):
    into.append(action)
    return into

add(f)[0]()
