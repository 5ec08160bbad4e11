import heapq
def f(): pass
h = []
heapq.heappush(h, (1, f))
heapq.heappop(h)[1]()
