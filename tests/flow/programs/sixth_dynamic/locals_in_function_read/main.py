def f(): pass
def run():
    act = f
    locals()["act"]()
run()
