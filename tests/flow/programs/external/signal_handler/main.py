import signal
def h(s, f): pass
signal.signal(signal.SIGINT, h)
