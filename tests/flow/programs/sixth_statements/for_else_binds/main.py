def f(): pass
def g(): pass
import sys
for x in sys.argv:
    act = f
    break
else:
    act = g
act()
