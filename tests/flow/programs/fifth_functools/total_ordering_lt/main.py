from functools import total_ordering
@total_ordering
class A:
    def __init__(self, n):
        self.n = n
    def __lt__(self, o):
        return self.n < o.n
    def __eq__(self, o):
        return self.n == o.n
A(1) < A(2)
