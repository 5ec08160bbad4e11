def go():
    from tools import run
    run()

go()
