"""An embedded PostgreSQL in a folder of our own: found, made, started, checked and stopped."""

from isotrace.server.cluster.binaries import bindir
from isotrace.server.cluster.places import socket_folder
from isotrace.server.cluster.server import Cluster

__all__ = ["Cluster", "bindir", "socket_folder"]
