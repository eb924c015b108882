import * as fc from 'fast-check';
import { controllerItemNames, type ControllerValues } from '../../src/model/controller/items';
import { longestValue } from '../../src/model/controller/values';
import { dataFrame, type CanFrame } from '../../src/protocol/can-frame';
import {
  AnnouncementAssembler,
  announcementIds,
  encodeAnnouncement,
  isAnnouncement,
  longestAnnouncement,
  type Assembled,
} from '../../src/protocol/controller-announcement';
import { readAnnouncement, usualSavePort, writeAnnouncement } from '../../src/protocol/controller-text';
import { crc32 } from '../../src/protocol/crc32';
import { evtvIds } from '../../src/devices/evtv/messages';
import { decodeDatagram, encodeDatagram } from '../../src/protocol/udp-frame';
import { firstValues } from '../../src/simulation/simulated-controller';

const texts = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 300 })
  .filter((text) => new TextEncoder().encode(text).length <= longestAnnouncement);

function wholeText(frames: readonly CanFrame[], assembler = new AnnouncementAssembler()): Assembled[] {
  return frames.map((frame) => assembler.take(frame)).filter(({ kind }) => kind !== 'more');
}

test('the check sum is the one of zip: its known answer', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('S0.55: announcements have ids of their own, in datagrams of the usual 24 bytes', () => {
  expect(evtvIds).not.toContain(announcementIds.head);
  expect(evtvIds).not.toContain(announcementIds.piece);
  for (const frame of encodeAnnouncement('HIVOLT=4.2\n', 7)) {
    const datagram = encodeDatagram(frame, 0);
    expect(datagram).toHaveLength(24);
    const back = decodeDatagram(datagram);
    expect('rejected' in back ? back : isAnnouncement(back)).toBe(true);
  }
  expect(isAnnouncement({ ...dataFrame(announcementIds.head, new Uint8Array(8)), extended: true })).toBe(
    false,
  );
});

test('any text comes back whole, in whatever order its pieces come and however often', () => {
  fc.assert(
    fc.property(texts, fc.nat(255), fc.infiniteStream(fc.nat(10_000)), (text, version, order) => {
      const [head, ...pieces] = encodeAnnouncement(text, version);
      const shuffled = [...pieces, ...pieces.slice(0, 3)]
        .map((frame) => ({ frame, at: order.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ frame }) => frame);
      expect(wholeText([head!, ...shuffled])).toEqual([{ kind: 'text', text }]);
    }),
  );
});

test('what is lost in one round is filled by the next; while nothing changes it only says that it holds still', () => {
  fc.assert(
    fc.property(texts, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), (text, luck) => {
      const assembler = new AnnouncementAssembler();
      const frames = encodeAnnouncement(text, 3);
      const heard: Assembled[] = [];
      // Three of ten frames are lost, the head too.
      for (let round = 0; round < 400 && heard.length === 0; round++) {
        heard.push(
          ...wholeText(
            frames.filter(() => luck.next().value >= 3),
            assembler,
          ),
        );
      }
      expect(heard[0]).toEqual({ kind: 'text', text });
      expect(wholeText(frames, assembler)).toEqual([{ kind: 'again' }]);
      const other = `${text}!`.slice(-100);
      expect(wholeText(encodeAnnouncement(other, 4), assembler)).toEqual([{ kind: 'text', text: other }]);
    }),
    { numRuns: 30 },
  );
});

test('a piece with one wrong bit is noticed, and the next round is whole again', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(47), (text, which, bit) => {
      const assembler = new AnnouncementAssembler();
      const frames = encodeAnnouncement(text, 0);
      const index = 1 + (which % (frames.length - 1));
      const used = new TextEncoder().encode(text).length - (index - 1) * 6;
      fc.pre(bit >> 3 < used);
      const damaged = new Uint8Array(frames[index]!.data);
      damaged[2 + (bit >> 3)]! ^= 1 << (bit & 7);
      const bad = frames.map((frame, i) => (i === index ? { ...frame, data: damaged } : frame));
      expect(wholeText(bad, assembler)).toEqual([{ kind: 'broken', problem: 'check sum' }]);
      expect(wholeText(frames, assembler)).toEqual([{ kind: 'text', text }]);
    }),
  );
});

test('no frames make it throw, or make up a text that nobody has sent', () => {
  const frame = fc.record({
    id: fc.constantFrom<number>(announcementIds.head, announcementIds.piece, 0x150),
    data: fc.uint8Array({ minLength: 0, maxLength: 8 }),
    extended: fc.constant(false),
    remote: fc.constant(false),
  });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 200 }), (frames) => {
      const assembler = new AnnouncementAssembler();
      for (const { kind } of frames.map((each) => assembler.take(each))) expect(kind).not.toBe('text');
      expect(wholeText(encodeAnnouncement('HIVOLT=4.2\n', 9), assembler).at(-1)).toEqual({
        kind: 'text',
        text: 'HIVOLT=4.2\n',
      });
    }),
  );
});

test('the longest text that fits goes, a longer one and none do not', () => {
  const longest = 'x'.repeat(longestAnnouncement);
  expect(wholeText(encodeAnnouncement(longest, 0))).toEqual([{ kind: 'text', text: longest }]);
  expect(() => encodeAnnouncement(`${longest}x`, 0)).toThrow(RangeError);
  expect(() => encodeAnnouncement('', 0)).toThrow(RangeError);
});

test('the most that a controller can be configured as fits into an announcement', () => {
  const values = Object.fromEntries(
    controllerItemNames.map((name) => [
      name,
      typeof firstValues[name] === 'number' ? 65535 : 'ü'.repeat(longestValue / 2),
    ]),
  ) as ControllerValues;
  const text = writeAnnouncement({ values, savePort: 65535 });
  expect(wholeText(encodeAnnouncement(text, 0))).toHaveLength(1);
});

test('S0.55: an announcement says what the controller holds, and never a password', () => {
  const text = writeAnnouncement({ values: firstValues, savePort: 7000 });
  expect(text).not.toContain('WIFIPASS');
  expect(text).not.toContain(String(firstValues.WIFIPASS));
  expect(text).toContain('CAN0SPEED=1000K\nCAN1SPEED=250K\n');
  expect(text).toContain('TIMEZONE=CST6CDT,M3.2.0/2,M11.1.0\n');
  const { WIFIPASS, ...shown } = firstValues;
  expect(WIFIPASS).toBeDefined();
  expect(readAnnouncement(text)).toEqual({ values: shown, savePort: 7000 });
});

test('a password that a careless controller announces is not taken in', () => {
  const said = readAnnouncement('SSID=house\nWIFIPASS=hunter22\n');
  expect(said).toEqual({ values: { SSID: 'house' }, savePort: usualSavePort });
});

test('labels that nobody knows and values that make no sense are left out; what is no announcement is none', () => {
  expect(readAnnouncement('CELLS=96\r\nHIVOLT=4.1\r\nLOVOLT=low\r\nSSID=a\u0007b\r\n')).toEqual({
    values: { HIVOLT: 4.1 },
    savePort: usualSavePort,
  });
  for (const nothing of [
    '',
    '\n\n',
    'CELLS=96\n',
    'HIVOLT',
    'HIVOLT=4.1\nHIVOLT=4.2\n',
    'SAVEPORT=0\nHIVOLT=4.1\n',
    'SAVEPORT=70000\nHIVOLT=4.1\n',
  ])
    expect([nothing, readAnnouncement(nothing)]).toEqual([nothing, undefined]);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readAnnouncement(text)));
});
