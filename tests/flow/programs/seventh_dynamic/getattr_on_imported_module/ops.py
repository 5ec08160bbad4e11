def add(): pass
def sub(): pass
