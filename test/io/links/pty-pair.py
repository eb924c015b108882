"""A serial cable without a computer at either end: two pseudo terminals, what goes in at one comes out at the other.

usage: pty-pair.py LINK1 LINK2    become the two ends. On standard input, in lines: "end" pulls both out.
"""
import os
import pty
import select
import sys
import tty

masters = []
for link in sys.argv[1:3]:
    master, slave = pty.openpty()
    tty.setraw(slave)
    os.symlink(os.ttyname(slave), link + ".new")
    os.replace(link + ".new", link)
    os.close(slave)
    masters.append(master)
print("ready", flush=True)
while True:
    poll = select.poll()
    poll.register(0, select.POLLIN)
    for master in masters:
        poll.register(master, select.POLLIN)
    events = dict(poll.poll(1000))
    idle = False
    for master, other in zip(masters, reversed(masters)):
        if events.get(master, 0) & select.POLLIN:
            os.write(other, os.read(master, 4096))
        elif master in events:
            idle = True
    if 0 in events and os.read(0, 4096)[:3] in (b"", b"end"):
        break
    if idle:
        # Nobody has an end open: look again a little later.
        select.select([0], [], [], 0.01)
for link in sys.argv[1:3]:
    os.unlink(link)
