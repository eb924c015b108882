// Passes a connection of the guest on to a port of this machine's loopback: forward.cjs PORT, for QEMU's guestfwd.
const { connect } = require('node:net');

const socket = connect(Number(process.argv[2]), '127.0.0.1');
const end = () => process.exit(0);
socket.on('error', end).on('close', end);
process.stdin.on('end', end).on('error', end);
process.stdin.pipe(socket).pipe(process.stdout);
