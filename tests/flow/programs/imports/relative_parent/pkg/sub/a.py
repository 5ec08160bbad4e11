from ..tools import run

def go():
    run()
