import b

def start():
    b.middle()

def end():
    pass
