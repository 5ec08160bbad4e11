from functools import lru_cache
class A:
    @lru_cache(maxsize=None)
    def go(self):
        return self.step()
    def step(self):
        pass
A().go()
