import inspect
class Tasks:
    def a(self):
        pass
    def b(self):
        pass
for name, f in inspect.getmembers(Tasks(), inspect.ismethod):
    f()
