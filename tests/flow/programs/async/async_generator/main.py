import asyncio

def f():
    pass

async def steps():
    yield f

async def run():
    async for step in steps():
        step()

asyncio.run(run())
