import state

def go():
    state.action()
