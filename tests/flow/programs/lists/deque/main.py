from collections import deque

def f():
    pass

work = deque()
work.append(f)
while work:
    work.popleft()()
