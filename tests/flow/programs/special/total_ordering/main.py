from functools import total_ordering

@total_ordering
class A:
    def __eq__(self, other):
        return True

    def __lt__(self, other):
        return True

A() > A()
