_cbs = []
def register(f):
    _cbs.append(f)
def fire():
    for f in _cbs:
        f()
