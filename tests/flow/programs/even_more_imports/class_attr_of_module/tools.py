class A:
    @staticmethod
    def run(): pass
