import asyncio

class Job:
    def __await__(self):
        yield

async def run():
    await Job()

asyncio.run(run())
