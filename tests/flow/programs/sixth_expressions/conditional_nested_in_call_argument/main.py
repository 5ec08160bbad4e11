def yes(): pass
def no(): pass
def run(action): action()
import sys
run(yes if sys.argv else no)
