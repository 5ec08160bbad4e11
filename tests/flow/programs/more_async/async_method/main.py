import asyncio

class Client:
    async def call(self):
        return await self._send()

    async def _send(self):
        pass

asyncio.run(Client().call())
