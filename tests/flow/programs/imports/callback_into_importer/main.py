import tools

def f():
    pass

tools.run(f)
