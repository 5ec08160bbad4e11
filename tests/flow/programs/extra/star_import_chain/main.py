from a import *
run()
