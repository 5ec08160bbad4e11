import asyncio

async def limited(semaphore, job):
    async with semaphore:
        return await job()

async def work():
    pass

async def run():
    await limited(asyncio.Semaphore(2), work)

asyncio.run(run())
