import * as fc from 'fast-check';
import {
  formatCaptureHeader,
  formatCaptureRecord,
  parseCaptureHeader,
  parseCaptureRecord,
  type CaptureRecord,
} from '../../src/protocol/capture';

const header = {
  device: 'house',
  type: 'jbd-ble',
  link: 'gatt',
  started: new Date('2026-11-28T05:31:02.125Z'),
};

test('the lines are those of the format', () => {
  expect(formatCaptureHeader(header)).toBe(
    '{"packdial":"capture","version":1,"device":"house","type":"jbd-ble","link":"gatt","started":"2026-11-28T05:31:02.125Z"}',
  );
  const bytes = Buffer.from('DDA50300FFFD77', 'hex');
  expect(
    [
      { t: 0.4121, dir: 'tx', at: 'ff02', bytes },
      { t: 12, dir: 'rx', text: 'Vpack: 52344' },
      { t: 13, event: 'error', detail: 'gone' },
    ].map((record) => formatCaptureRecord(record as CaptureRecord)),
  ).toEqual([
    '{"t":0.412,"dir":"tx","at":"ff02","hex":"dda50300fffd77"}',
    '{"t":12,"dir":"rx","text":"Vpack: 52344"}',
    '{"t":13,"event":"error","detail":"gone"}',
  ]);
});

test.each(['15', '16', '18', '19', '1b', '1d'])('a frame FF AA %s is told by its length only', (command) => {
  const bytes = Buffer.from(`ffaa${command}0631323334353600`, 'hex');
  expect(formatCaptureRecord({ t: 1, dir: 'tx', at: 'ff02', bytes })).toBe(
    '{"t":1,"dir":"tx","at":"ff02","secret":11}',
  );
  // A module that sends the frame back sends the password back.
  expect(formatCaptureRecord({ t: 1, dir: 'rx', at: 'ff01', bytes })).not.toContain('3132');
});

test('answers and requests without a password are told', () => {
  const told = (dir: 'rx' | 'tx', hex: string): string =>
    formatCaptureRecord({ t: 1, dir, bytes: Buffer.from(hex, 'hex') });
  expect(told('rx', 'ffaa15010016')).toContain('ffaa15010016');
  expect(told('tx', 'ffaa170017')).toContain('ffaa170017');
  expect(parseCaptureRecord('{"t":1,"dir":"tx","at":"ff02","secret":12}')).toEqual({
    t: 1,
    dir: 'tx',
    at: 'ff02',
    secret: 12,
  });
});

test('every record can be read again', () => {
  const t = fc.integer({ min: 0, max: 1e9 }).map((ms) => ms / 1000);
  const at = fc.option(fc.constantFrom('ff01', '7a95ce01-0ea8-1bcc-71a2-fc7539b81c9c'), { nil: undefined });
  const record = fc.oneof(
    fc.record({ t, dir: fc.constantFrom('rx' as const, 'tx' as const), at, text: fc.string() }),
    fc.record({
      t,
      dir: fc.constantFrom('rx' as const, 'tx' as const),
      at,
      bytes: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    }),
    fc.record({ t, event: fc.constantFrom('connected' as const, 'error' as const), detail: fc.string() }),
  );
  fc.assert(
    fc.property(record, (one) => {
      fc.pre(!('bytes' in one) || one.bytes[0] !== 0xff);
      expect(parseCaptureRecord(formatCaptureRecord(one as CaptureRecord))).toEqual(
        JSON.parse(
          JSON.stringify(one, (_key, value: unknown) => value),
          (key, value: unknown) => (key === 'bytes' && 'bytes' in one ? one.bytes : value),
        ),
      );
    }),
  );
});

test.each([
  '',
  '[]',
  'null',
  '{"t":1}',
  '{"t":"1","dir":"rx","hex":""}',
  '{"t":1,"dir":"up","hex":""}',
  '{"t":1,"dir":"rx","hex":"abc"}',
  '{"t":1,"dir":"rx","hex":"zz"}',
  '{"t":1,"dir":"rx","hex":"dd03',
  '{"t":1,"event":"other"}',
])('%p is no record', (line) => expect(parseCaptureRecord(line)).toBeUndefined());

test.each(['', '(1.0) can0 150#00', '{"packdial":"other"}', '[1]'])('%p is no capture', (line) =>
  expect(parseCaptureHeader(line)).toBeUndefined(),
);

test('a header that can not be played says why', () => {
  const line = formatCaptureHeader(header);
  expect(parseCaptureHeader(line.replace('"version":1,', ''))).toEqual({
    refused: 'is a capture of no version, and this packdial plays version 1',
  });
  expect(parseCaptureHeader(line.replace('"type"', '"typ"'))).toEqual({
    refused: 'is a capture that does not say of which type of device',
  });
  expect(parseCaptureHeader(`\uFEFF${line}\r`)).toEqual(header);
  expect(parseCaptureHeader(line.replace('"device":"house",', ''))).toMatchObject({ device: 'jbd-ble' });
});
