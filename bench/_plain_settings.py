"""The product's settings with the baseline's addresses, and a pool for the owner's login as the product has for its own."""

from isotrace.server.settings import *  # noqa: F403
from isotrace.server.settings import DATABASES

ROOT_URLCONF = "_plain_urls"
DATABASES["owner"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}  # type: ignore[index]
