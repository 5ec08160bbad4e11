class T:
    def act(self): pass
t = T()
def run(f=t.act): f()
run()
