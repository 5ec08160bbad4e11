def run(f=lambda: leaf()):
    f()
def leaf():
    pass
run()
