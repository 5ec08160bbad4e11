from .sub import tool
def run(): tool.work()
