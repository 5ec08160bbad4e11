def run():
    for hook in run.hooks:
        hook()

run.hooks = []

def f():
    pass

run.hooks.append(f)
run()
