import { systemDeviceClock } from '../../../src/io/links/device-clock';
import { openSerialPort } from '../../../src/io/serial-port';
import { RecordedByteLink } from '../../../src/io/links/recorded-link';
import { recordLink, Tape } from '../../../src/io/links/record-link';
import { SerialLinkOpener } from '../../../src/io/links/serial-link';
import { parseCaptureRecord, type CaptureRecord } from '../../../src/protocol/capture';
import { byteLinkContract, type ByteLinkBench } from '../../contracts/byte-link-contract';
import { FakeByteLink } from '../../devices/fake-device';
import { SerialCable } from './serial-cable';
import { linkText } from '../../../src/words/en';

const said = Uint8Array.from({ length: 600 }, (_, i) => (i * 7) & 0xff);

byteLinkContract('a serial line', async (): Promise<ByteLinkBench> => {
  const cable = new SerialCable();
  await cable.plugIn();
  const opened = await new SerialLinkOpener({ device: cable.near, baudRate: 9600 }).open();
  if (opened.link.kind !== 'bytes') throw new Error('a serial line carries bytes');
  const received: Buffer[] = [];
  const far = await openSerialPort(
    cable.far,
    { bytes: (chunk) => received.push(Buffer.from(chunk)), gone: () => undefined },
    9600,
  );
  return {
    link: opened.link,
    said,
    speak: () => {
      far.write(said.subarray(0, 200));
      far.write(said.subarray(200));
      return Promise.resolve();
    },
    received: () => Buffer.concat(received),
    lose: () => cable.pullOut(),
    close: async () => {
      await far.close(true);
      await opened.close();
      await cable.remove();
    },
  };
});

/** Remembers what is sent through it. */
class RememberingLink extends RecordedByteLink {
  readonly written: Buffer[] = [];

  override async write(data: Uint8Array): Promise<void> {
    await super.write(data);
    this.written.push(Buffer.from(data));
  }
}

byteLinkContract('a recording', (): Promise<ByteLinkBench> => {
  const records: CaptureRecord[] = [
    { t: 0, event: 'connected' },
    { t: 0, dir: 'tx', bytes: Uint8Array.of(1, 2) },
    { t: 0.01, dir: 'rx', bytes: said.subarray(0, 20) },
    { t: 0.01, dir: 'rx', text: 'no bytes' },
    { t: 0.02, dir: 'rx', bytes: said.subarray(20) },
    { t: 3600, event: 'disconnected' },
  ];
  const link = new RememberingLink(records, { speed: 1 });
  const received = (): Buffer => Buffer.concat(link.written);
  const close = (): Promise<void> => {
    link.close();
    return Promise.resolve();
  };
  return Promise.resolve({ link, said, received, lose: close, close });
});

byteLinkContract('a link that is written down', (): Promise<ByteLinkBench> => {
  const far = new FakeByteLink();
  const link = recordLink(far, new Tape(() => undefined, systemDeviceClock), linkText);
  if (link.kind !== 'bytes') throw new Error('it carries bytes as before');
  return Promise.resolve({
    link,
    said,
    speak: () => {
      for (let from = 0; from < said.length; from += 20) far.say(said.subarray(from, from + 20));
      return Promise.resolve();
    },
    received: () => Buffer.from(far.sent.join(''), 'hex'),
    lose: () => {
      far.lose();
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
});

test('a recording counts what is sent otherwise than then, and goes on', async () => {
  const hex = (bytes: string): Buffer => Buffer.from(bytes, 'hex');
  const link = new RecordedByteLink(
    [
      { t: 0, dir: 'tx', bytes: hex('dda50300fffd77') },
      { t: 1, dir: 'tx', bytes: hex('0102') },
      { t: 2, dir: 'tx', bytes: hex('dda50400fffc77') },
    ],
    { speed: 0 },
  );
  await link.write(hex('dda50300fffd77'));
  expect(link.differences).toBe(0);
  await link.write(hex('dda50500fffb77'));
  expect(link.differences).toBe(1);
  await link.write(hex('0102'));
  expect(link.differences).toBe(1);
  await link.write(hex('0102'));
  expect(link.differences).toBe(2);
});

test('what is written down can be read again, without the password', async () => {
  const lines: string[] = [];
  let now = 5000;
  const far = new FakeByteLink();
  const link = recordLink(far, new Tape((line) => lines.push(line), { monotonic: () => now }), linkText);
  if (link.kind !== 'bytes') throw new Error('it carries bytes as before');
  link.receive(() => undefined);
  now = 5412;
  await link.write(Buffer.from('ffaa1806f65369967ff0d5', 'hex'));
  now = 5400;
  far.say('ffaa18010019');
  far.say('ffaa15063030303030303b');
  now = 6000;
  far.lose();
  await Promise.resolve();
  expect(lines).toEqual([
    '{"t":0,"event":"connected"}',
    '{"t":0.412,"dir":"tx","secret":11}',
    '{"t":0.412,"dir":"rx","hex":"ffaa18010019"}',
    '{"t":0.412,"dir":"rx","secret":11}',
    '{"t":1,"event":"disconnected","detail":"it was pulled out"}',
  ]);
  expect(lines.map(parseCaptureRecord)).not.toContain(undefined);
});
