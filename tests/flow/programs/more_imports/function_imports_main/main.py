def f():
    pass

def go():
    import tools
    tools.call()

go()
