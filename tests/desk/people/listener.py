"""The operators' listener as it is, for tests that go through all its routes."""

from pathlib import Path

from desk.headend import Headend
from desk.listener import Listener
from desk.settings import Settings
from desk.system import SystemClock

FREE = Listener("127.0.0.1", 0)


async def operators_routes(data: Path) -> list[tuple[str, str]]:
    """Method and path template of each."""
    settings = Settings(data=data, viewers=FREE, operators=FREE, machines=FREE)
    headend = Headend(settings=settings, clock=SystemClock())
    ports = await headend.start()
    runner = next(one for one in headend._runners if one.addresses[0][1] == ports.operators.port)
    routes = [(route.method, route.resource.canonical) for route in runner.app.router.routes() if route.resource]
    await headend.stop()
    return routes
