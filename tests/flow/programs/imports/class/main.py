from tools import Tool

Tool().run()
