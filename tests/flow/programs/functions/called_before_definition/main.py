def run():
    later()

def later():
    pass

run()
