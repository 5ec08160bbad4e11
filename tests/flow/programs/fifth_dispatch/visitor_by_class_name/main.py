class Node:
    def accept(self, v):
        return getattr(v, "visit_" + type(self).__name__)(self)
class Leaf(Node):
    pass
class V:
    def visit_Leaf(self, n):
        pass
    def visit_Other(self, n):
        pass
Leaf().accept(V())
