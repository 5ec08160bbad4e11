def run(self): pass
A = type("A", (), {"run": run})
A().run()
