def run():
    pass

def _hidden():
    pass
