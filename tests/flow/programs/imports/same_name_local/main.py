from tools import run

def run():
    pass

run()
