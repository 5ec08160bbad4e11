import asyncio
from contextlib import asynccontextmanager

@asynccontextmanager
async def session():
    yield f

def f():
    pass

async def run():
    async with session() as action:
        action()

asyncio.run(run())
