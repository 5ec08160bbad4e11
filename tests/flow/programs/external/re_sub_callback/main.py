import re
def rep(m): return ""
re.sub("x", rep, "y")
