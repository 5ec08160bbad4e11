def f():
    pass

def g():
    pass

def run(**options):
    options["after"]()

base = {"before": f}
run(**base, after=g)
