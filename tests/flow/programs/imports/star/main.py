from tools import *

run()
