class Node:
    def __init__(self, left, act):
        self.left = left
        self.act = act
def f(): pass
match Node(Node(None, f), None):
    case Node(left=Node(act=a)):
        a()
