from collections import deque
def f(): pass
d = deque()
d.appendleft(f)
d.pop()()
