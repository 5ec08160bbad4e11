import sys
def one():
    pass
def fallback():
    pass
table = {"a": one}
table.get(sys.argv[1], fallback)()
