def f(): pass
def _g(): pass
