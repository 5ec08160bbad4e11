def f():
    pass

def g():
    pass

def call_all(*actions):
    for a in actions:
        a()

actions = [f, g]
call_all(*actions)
