import re
def fix(m): return low(m)
def low(m): return ""
re.compile("a").sub(fix, "abc")
