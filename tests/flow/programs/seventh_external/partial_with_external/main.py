from functools import partial
import re
def go(rx, f): f()
def act(): pass
partial(go, re.compile("x"))(act)
