def run():
    pass

def other():
    pass
