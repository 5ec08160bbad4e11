def one():
    pass

def two():
    pass

def run(first, second):
    second()

pair = [one, two]
run(*pair)
