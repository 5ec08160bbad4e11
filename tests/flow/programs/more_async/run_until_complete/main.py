import asyncio

async def run():
    pass

asyncio.get_event_loop().run_until_complete(run())
