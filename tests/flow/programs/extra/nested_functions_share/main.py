def outer():
    table = {}

    def put(f):
        table["x"] = f

    def run():
        table["x"]()

    put(leaf)
    run()

def leaf():
    pass

outer()
