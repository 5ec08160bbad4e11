from tools import *

run()
_inner()
