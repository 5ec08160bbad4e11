import sched, time
def job(x): x()
def f(): pass
s = sched.scheduler(time.time, time.sleep)
s.enter(0, 1, job, (f,))
s.run()
