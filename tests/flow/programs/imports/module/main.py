import tools

tools.run()
