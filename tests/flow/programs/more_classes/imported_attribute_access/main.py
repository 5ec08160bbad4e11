from tools import Tool

t = Tool()
t.inner.run()
