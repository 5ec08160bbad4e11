def run():
    pass

def stop():
    pass
