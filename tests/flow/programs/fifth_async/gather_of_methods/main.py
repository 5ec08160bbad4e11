import asyncio
class A:
    async def a(self):
        return one()
    async def b(self):
        pass
    async def run(self):
        await asyncio.gather(self.a(), self.b())
def one():
    pass
asyncio.run(A().run())
