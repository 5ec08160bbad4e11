import conf
def f(): pass
conf.hook = f
import runner
runner.run()
