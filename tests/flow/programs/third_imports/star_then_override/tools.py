def alpha():
    pass
def beta():
    pass
