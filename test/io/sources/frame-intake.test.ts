import { evtvDecoder } from '../../../src/devices/evtv/decoder';
import { FrameIntake } from '../../../src/io/sources/frame-intake';
import type { Reading } from '../../../src/model/reading';
import { dataFrame } from '../../../src/protocol/can-frame';
import { encodeAnnouncement } from '../../../src/protocol/controller-announcement';
import { decodeDatagram } from '../../../src/protocol/udp-frame';

function intake(): { intake: FrameIntake; readings: Reading[]; rejected: string[] } {
  const readings: Reading[] = [];
  const rejected: string[] = [];
  return {
    readings,
    rejected,
    intake: new FrameIntake({ monotonic: () => 42 }, evtvDecoder({ invertCurrent150: true }), {
      reading: (reading) => {
        expect(reading.at).toBe(42);
        readings.push(reading);
      },
      rejected: (cause) => rejected.push(cause),
      status: () => undefined,
    }),
  };
}

test('frames are decoded with the options of the installation, and counted', () => {
  const heard = intake();
  heard.intake.frame(dataFrame(0x150, Buffer.from('deff9b01b3c82421', 'hex')), '10.0.0.7');
  expect(heard.readings).toEqual([
    {
      device: 'battery',
      at: 42,
      group: '0x150',
      period: 1000,
      values: { current: 34, voltage: 41.1, ampHours: 1415.7, temperatureMax: 36, temperatureMin: 33 },
      resolution: { current: 1 },
    },
  ]);
  expect(heard.intake.counters).toEqual({
    frames: 1,
    ignored: 0,
    malformed: 0,
    sender: '10.0.0.7',
    causes: {},
  });
});

test('what is not used is counted by its cause, the normal apart from the faulty', () => {
  const heard = intake();
  heard.intake.frame(dataFrame(0x123, new Uint8Array(8)));
  heard.intake.frame({ ...dataFrame(0x150, new Uint8Array(8)), remote: true });
  heard.intake.frame({ ...dataFrame(0x18ff0150, new Uint8Array(8)), extended: true });
  heard.intake.frame(dataFrame(0x150, new Uint8Array(3)));
  heard.intake.frame(dataFrame(0x68f, new Uint8Array(8)));
  heard.intake.rejected('wrong length', '23 bytes');
  heard.intake.rejected('wrong length', '11 bytes');
  expect(heard.readings).toEqual([]);
  expect(heard.intake.counters).toEqual({
    frames: 0,
    ignored: 3,
    malformed: 4,
    sender: undefined,
    causes: {
      'unknown id': 1,
      'remote request': 1,
      'extended id': 1,
      'short frame': 1,
      'bad sequence': 1,
      'wrong length': 2,
    },
  });
  expect(heard.rejected).toHaveLength(7);
});

test('S0.87: a datagram with a flag byte set is used like any other, and counted as such', () => {
  const heard = intake();
  const datagram = Buffer.from('deff9b01b3c8242150010000000000000000000001000108', 'hex');
  const frame = decodeDatagram(datagram);
  if ('rejected' in frame) throw new Error(frame.rejected);
  heard.intake.frame(frame, '10.0.0.7');
  expect(heard.readings[0]?.values).toMatchObject({ voltage: 41.1, temperatureMax: 36 });
  expect(heard.rejected).toEqual([]);
  expect(heard.intake.counters).toEqual({
    frames: 1,
    ignored: 0,
    malformed: 0,
    sender: '10.0.0.7',
    causes: { 'flag byte set': 1 },
  });
});

test('S0.55, S0.82: what announces a configuration goes on with its address; over a wire, which has none, it is ignored', () => {
  const announcements: [number, string][] = [];
  const rejected: string[] = [];
  const taken = new FrameIntake({ monotonic: () => 42 }, evtvDecoder(), {
    reading: () => undefined,
    announcement: (frame, sender) => announcements.push([frame.id, sender]),
    rejected: (cause) => rejected.push(cause),
    status: () => undefined,
  });
  for (const frame of encodeAnnouncement('HIVOLT=4.2\n', 0).slice(0, 2)) {
    taken.frame(frame, '10.0.0.7');
    taken.frame(frame);
  }
  expect(announcements).toEqual([
    [0x6e0, '10.0.0.7'],
    [0x6e1, '10.0.0.7'],
  ]);
  expect(rejected).toEqual(['unknown id', 'unknown id']);
  expect(taken.counters).toMatchObject({ frames: 2, ignored: 2, malformed: 0 });
});
