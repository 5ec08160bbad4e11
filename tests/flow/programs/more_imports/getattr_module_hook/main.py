import tools
tools.anything()
