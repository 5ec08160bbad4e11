def go():
    from heavy import run as fast
    fast()
go()
