def leaf():
    pass
def run(x=(lambda: leaf())()):
    pass
run()
