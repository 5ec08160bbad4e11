import sys
sys.path.insert(0, "lib")
from helper import run

run()
