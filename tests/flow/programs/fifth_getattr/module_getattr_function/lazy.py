def __getattr__(name):
    return load()
def load():
    return real
def real():
    pass
