def make():
    return run

def run():
    pass
