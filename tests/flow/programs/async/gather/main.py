import asyncio

async def one():
    return f

async def two():
    return g

def f():
    pass

def g():
    pass

async def run():
    first, second = await asyncio.gather(one(), two())
    second()

asyncio.run(run())
