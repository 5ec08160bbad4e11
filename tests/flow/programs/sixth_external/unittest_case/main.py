import unittest
class T(unittest.TestCase):
    def setUp(self): self.tool = Tool()
    def test_a(self): self.tool.run()
class Tool:
    def run(self): pass
unittest.main()
