def act(): pass
def run(): act()
