"""Receives datagrams at a Unix socket, as Telegraf's socket_listener does, and prints each in hexadecimal."""
import os
import socket
import sys
import time

path, delay = sys.argv[1], float(sys.argv[2])
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
if os.path.exists(path):
    os.unlink(path)
receiver.bind(path)
print("ready", flush=True)
while True:
    data = receiver.recv(65536)
    print(data.hex(), flush=True)
    time.sleep(delay)
