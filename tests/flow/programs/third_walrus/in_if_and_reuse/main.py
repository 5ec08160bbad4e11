def find():
    return leaf
def leaf():
    pass
if (f := find()) is not None:
    f()
