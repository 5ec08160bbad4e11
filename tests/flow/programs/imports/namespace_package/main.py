from space.tools import run

run()
