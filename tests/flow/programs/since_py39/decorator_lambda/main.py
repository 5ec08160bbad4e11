@lambda fn: fn
def go(): pass
go()
