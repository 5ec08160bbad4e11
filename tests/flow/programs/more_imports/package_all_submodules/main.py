from pkg import *

tools.run()
