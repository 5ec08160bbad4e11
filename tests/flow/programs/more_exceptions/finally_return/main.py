def f(): pass
def go():
    try:
        return 1
    finally:
        f()
go()
