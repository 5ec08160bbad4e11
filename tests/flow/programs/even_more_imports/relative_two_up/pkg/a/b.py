from ..top import f
def go(): f()
