from contextlib import asynccontextmanager
import asyncio
def act(): pass
@asynccontextmanager
async def session():
    yield act
async def run():
    async with session() as s:
        s()
asyncio.run(run())
