import importlib
import tool
tool = importlib.reload(tool)
tool.f()
