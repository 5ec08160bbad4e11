import ast
class V(ast.NodeVisitor):
    def visit_Name(self, node): note()
def note(): pass
V().visit(ast.parse("a"))
