import b
def fa(): b.fb()
def last(): pass
