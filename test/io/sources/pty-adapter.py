"""The other side of a serial-line CAN adapter: a pseudo terminal that answers as the Lawicel manual says.

usage: pty-adapter.py LINK    LINK becomes the adapter's device. On standard input, in lines: "send TEXT" puts a line of the
bus on the wire when the channel is open, "end" pulls the adapter out. On standard output: what it was told, line by line.
"""
import os
import pty
import select
import sys
import tty

link = sys.argv[1]
master, slave = pty.openpty()
tty.setraw(slave)
name = os.ttyname(slave)
os.symlink(name, link + ".new")
os.replace(link + ".new", link)
os.close(slave)
print("ready", flush=True)

is_open = False
heard = b""
typed = b""
while True:
    poll = select.poll()
    poll.register(0, select.POLLIN)
    poll.register(master, select.POLLIN)
    events = dict(poll.poll(1000))
    if events.get(master, 0) & select.POLLIN:
        heard += os.read(master, 4096)
    elif master in events:
        # Nobody has the other side open: look again a little later.
        select.select([0], [], [], 0.01)
    while b"\r" in heard:
        command, heard = heard.split(b"\r", 1)
        print(command.decode("latin-1"), flush=True)
        done = True
        if command == b"O":
            done, is_open = not is_open, True
        elif command == b"C":
            done, is_open = is_open, False
        elif command[:1] == b"S":
            done = not is_open and command[1:] in b"0 1 2 3 4 5 6 7 8".split()
        elif command == b"V":
            os.write(master, b"V1013")
        else:
            done = False
        os.write(master, b"\r" if done else b"\x07")
    if 0 in events:
        piece = os.read(0, 4096)
        typed += piece
        while b"\n" in typed:
            order, typed = typed.split(b"\n", 1)
            if order.startswith(b"send ") and is_open:
                os.write(master, order[5:] + b"\r")
            if order == b"end":
                piece = b""
        if piece == b"":
            break
os.unlink(link)
os.close(master)
