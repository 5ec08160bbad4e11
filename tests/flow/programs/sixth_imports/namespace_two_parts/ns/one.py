from ns import two
def f(): two.g()
