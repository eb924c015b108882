import { createSocket } from 'node:dgram';
import { encodeStateOfCharge } from '../../src/devices/evtv/encode';
import { encodeDatagram } from '../../src/protocol/udp-frame';
import { Packdial } from './packdial';

/** Speaks to a port until the returned function is called: what comes before it is listened on is lost. */
function speakTo(port: number): () => void {
  const socket = createSocket('udp4');
  const frame = encodeDatagram(encodeStateOfCharge({ stateOfCharge: 50 }), 0);
  const timer = setInterval(() => socket.send(frame, port, '127.0.0.1'), 50);
  return () => {
    clearInterval(timer);
    socket.close();
  };
}

test.each([
  ['the manual’s, when none is set', [], 6500],
  ['of the other programs in the field', ['--port', '6850'], 6850],
] as const)('S0.105: a battery is heard on the port %s', async (_, flags, port) => {
  const [run, quiet] = [new Packdial(['run', '--headless', '--source', 'udp', ...flags]), speakTo(port)];
  try {
    await run.says(`Listening on UDP port ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    run.kill();
    expect((await run.end()).stderr).toMatch(/Stopped: [1-9]\d* frames heard, 0 ignored, 0 malformed/);
  } finally {
    run.kill();
    quiet();
  }
});
