import signal

def stop(number, frame):
    pass

signal.signal(signal.SIGINT, stop)
