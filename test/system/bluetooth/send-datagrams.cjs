// Sends datagrams one after another from a process of its own, and prints when each was sent, ms of the system's monotonic clock.
// Standard input has { port, every, datagrams }: ms between two, and the datagrams in hexadecimal.
const { createSocket } = require('node:dgram');
const { text } = require('node:stream/consumers');
const { setTimeout: sleep } = require('node:timers/promises');

void (async () => {
  const { port, every, datagrams } = JSON.parse(await text(process.stdin));
  const socket = createSocket('udp4');
  const times = [];
  for (const datagram of datagrams) {
    times.push(Number(process.hrtime.bigint()) / 1e6);
    await new Promise((resolve) => socket.send(Buffer.from(datagram, 'hex'), port, '127.0.0.1', resolve));
    await sleep(every);
  }
  socket.close();
  process.stdout.write(JSON.stringify(times));
})();
