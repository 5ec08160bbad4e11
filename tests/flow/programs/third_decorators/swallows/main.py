def skip(f):
    return lambda: None
@skip
def work():
    pass
work()
