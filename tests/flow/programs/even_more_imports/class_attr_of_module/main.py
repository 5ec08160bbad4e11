import tools
tools.A.run()
