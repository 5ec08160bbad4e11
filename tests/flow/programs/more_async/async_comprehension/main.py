import asyncio

async def steps():
    yield f

def f():
    pass

async def run():
    return [s() async for s in steps()]

asyncio.run(run())
