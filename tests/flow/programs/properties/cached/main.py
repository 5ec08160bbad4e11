from functools import cached_property

class A:
    @cached_property
    def value(self):
        return compute()

def compute():
    return 1

A().value
