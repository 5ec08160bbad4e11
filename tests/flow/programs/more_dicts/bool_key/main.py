def f(): pass
def g(): pass
{True: f, False: g}[True]()
