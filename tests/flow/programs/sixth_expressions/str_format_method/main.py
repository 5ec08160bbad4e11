class A:
    def __format__(self, spec): return make(spec)
def make(spec): return spec
"{} {x:>3}".format(1, x=A())
