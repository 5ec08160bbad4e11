def f():
    pass

def run():
    action = f
    locals()["action"]()

run()
