action = None
