def caller():
    helper()
def helper():
    pass
caller()
