import conf
def f(): pass
def install(): conf.hook = f
