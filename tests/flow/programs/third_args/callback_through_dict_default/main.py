def one():
    pass
def run(options=None):
    options = options or {"f": one}
    options["f"]()
run()
