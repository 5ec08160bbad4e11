import unittest

class Case(unittest.TestCase):
    def setUp(self):
        self.tool = Tool()

    def test_run(self):
        self.tool.run()

class Tool:
    def run(self):
        pass
