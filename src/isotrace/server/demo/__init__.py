"""The sample world: invented people and cases beside 120 documented public incidents; every page says that it is a sample."""

from isotrace.server.demo.people import accounts
from isotrace.server.demo.world import load

__all__ = ["accounts", "load"]
