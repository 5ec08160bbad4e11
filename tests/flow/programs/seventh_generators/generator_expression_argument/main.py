def a(): pass
def run(fs):
    for f in fs: f()
run(f for f in [a])
