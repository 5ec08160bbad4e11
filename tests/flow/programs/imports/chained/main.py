from a import run

run()
