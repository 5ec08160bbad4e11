def one():
    pass
def two():
    pass
def run(*, first, second=two):
    first()
run(first=one)
