import state
import user

def f():
    pass

state.action = f
user.go()
