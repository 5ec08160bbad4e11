def kinds(): return (ValueError, KeyError)
def handle(): pass
try:
    int("x")
except kinds():
    handle()
