import tools

def patched():
    pass

tools.run = patched
tools.run()
