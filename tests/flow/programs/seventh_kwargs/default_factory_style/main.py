def make(): return []
def run(items=None, factory=make):
    items = items or factory()
    return items
run()
