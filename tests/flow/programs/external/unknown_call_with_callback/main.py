import unknown_lib
def f(): pass
unknown_lib.run(f)
