def first():
    pass

def second():
    pass

def run(before=None, after=None):
    after()

run(after=second, before=first)
