def run(action):
    action()
