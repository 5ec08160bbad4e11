from collections import deque
def one():
    pass
q = deque([one])
while q:
    q.popleft()()
