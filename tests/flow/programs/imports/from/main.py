from tools import run

run()
