class A:
    def run(self, helper):
        helper.help(self)

    def done(self):
        pass

class Helper:
    def help(self, owner):
        owner.done()

A().run(Helper())
