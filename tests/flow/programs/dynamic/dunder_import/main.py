tools = __import__("tools")
tools.run()
