class A:
    def go(self):
        from b import B
        B(self).back()

    def done(self):
        pass
