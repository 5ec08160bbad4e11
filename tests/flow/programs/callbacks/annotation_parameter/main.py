class Tool:
    def run(self):
        pass

def use(tool: Tool):
    tool.run()
