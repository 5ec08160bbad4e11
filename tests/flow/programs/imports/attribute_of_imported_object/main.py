import tools

tools.box.tool.run()
