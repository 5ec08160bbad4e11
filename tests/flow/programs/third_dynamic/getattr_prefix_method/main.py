import sys
class Shell:
    def do_list(self):
        pass
    def do_quit(self):
        pass
    def helper(self):
        pass
    def run(self, word):
        getattr(self, "do_" + word)()
Shell().run(sys.argv[1])
