def one():
    pass

def two():
    pass

def run(**named):
    named["b"]()

run(a=one, b=two)
