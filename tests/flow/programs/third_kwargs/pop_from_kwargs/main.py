def one():
    pass
def two():
    pass
def run(**options):
    f = options.pop("before")
    f()
run(before=one, after=two)
