import asyncio

class Steps:
    def __aiter__(self):
        return self

    async def __anext__(self):
        return f

def f():
    pass

async def run():
    async for step in Steps():
        step()

asyncio.run(run())
