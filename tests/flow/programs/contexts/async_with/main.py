import asyncio

class Session:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        pass

async def main_task():
    async with Session():
        pass

asyncio.run(main_task())
