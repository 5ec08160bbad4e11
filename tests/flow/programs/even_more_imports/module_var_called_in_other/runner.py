import conf
def run(): conf.hook()
