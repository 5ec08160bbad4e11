import heapq
class J:
    def __lt__(self, o): return rank()
    def run(self): pass
def rank(): return True
h = []
heapq.heappush(h, J())
heapq.heappush(h, J())
heapq.heappop(h).run()
