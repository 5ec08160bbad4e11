class Visitor:
    def visit(self, kind):
        return getattr(self, "visit_" + kind)()

    def visit_a(self):
        pass

    def visit_b(self):
        pass

Visitor().visit("b")
