import { evtvDecoder } from '../src/devices/evtv/decoder';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FrameIntake } from '../src/io/sources/frame-intake';
import { Site, type MonitoredBattery } from '../src/model/site';
import type { CanFrame } from '../src/protocol/can-frame';
import {
  evtvIds,
  evtvLength,
  evtvMessages,
  moduleMessage,
  type EvtvMessage,
  type EvtvOptions,
} from '../src/devices/evtv/messages';
import { formatCandumpLine, parseCandumpLine } from '../src/protocol/candump';
import { encodeLogRow } from '../src/protocol/powersafe-log';
import { formatSlcanFrame, SlcanReader } from '../src/protocol/slcan';
import { decodeDatagram, encodeDatagram } from '../src/protocol/udp-frame';
import { packFramesOfSecond } from '../src/simulation/pack-frames';
import { SimulatedPack } from '../src/simulation/simulated-pack';
import { freshValues } from '../src/model/log-values';
import { pictureOf, root, screens, surroundings } from './screens/stories';

/** Each way that a frame can take to the display, from its bytes on. */
const ways: Readonly<Record<string, (frame: CanFrame) => CanFrame>> = {
  UDP: (frame) => {
    const decoded = decodeDatagram(encodeDatagram(frame, 4711));
    if ('rejected' in decoded) throw new Error(decoded.rejected);
    return decoded;
  },
  'a serial-line adapter': (frame) => {
    const read: CanFrame[] = [];
    new SlcanReader().read(Buffer.from(formatSlcanFrame(frame)), (line) => {
      if ('frame' in line) read.push(line.frame);
    });
    return read[0]!;
  },
  'a recorded bus': (frame) => {
    const parsed = parseCandumpLine(formatCandumpLine({ time: 1, interface: 'can0', frame }, evtvLength));
    if ('rejected' in parsed) throw new Error(parsed.rejected);
    return parsed.frame;
  },
  'the bus itself': (frame) => frame,
};

/** A battery of 16 modules that was heard for twenty seconds in some way. */
function heard(way: (frame: CanFrame) => CanFrame, options: EvtvOptions = {}): [MonitoredBattery, number] {
  const site = new Site();
  const monitored = site.battery('battery');
  let now = 0;
  const clock = { monotonic: () => now, wall: () => new Date(0) };
  const intake = new FrameIntake(clock, evtvDecoder(options), {
    reading: (reading) => monitored.battery.apply(reading),
    status: () => undefined,
  });
  const pack = new SimulatedPack({ modules: 16, seed: 3 });
  // Noon: there is something to charge with.
  pack.advance(12 * 3600);
  for (let second = 0; second < 20; second++) {
    now = second * 1000;
    pack.advance(1);
    for (const frame of packFramesOfSecond(pack, { finePower: true })) intake.frame(way(frame));
    site.sample(now);
  }
  return [monitored, now];
}

test.each(Object.keys(ways))(
  'S0.81, S0.134: what is heard over %s gives the same pictures and the same line of the log',
  (name) => {
    const [other, now] = heard(ways[name]!);
    const [bus] = heard(ways['the bus itself']!);
    expect(bus.battery.age(now)).toBeLessThan(1000);
    for (const screen of ['main', 'cells', 'soc-log', 'power-log'] as const) {
      const pictures = [bus, other].map((monitored) =>
        pictureOf(screens(monitored, screen), surroundings(0, { now: now + 200 })).canvas.toBuffer('raw'),
      );
      expect([screen, pictures[0]!.equals(pictures[1]!)]).toEqual([screen, true]);
    }
    const stamp = new Date(2026, 5, 12, 12);
    const rows = [bus, other].map(({ battery }) => encodeLogRow({ stamp, ...freshValues(battery, now)! }));
    expect(rows[0]).toBe(rows[1]);
    expect(rows[0]).toMatch(/^06\/12\/2026 12:00:00 ,\d/);
  },
);

test('S0.81: a turned sign turns over every way alike', () => {
  const currents = Object.values(ways).map((way) => {
    const [{ battery }, now] = heard(way, { invertCurrent150: true, invert151: true });
    return battery.current(now).value;
  });
  const [{ battery }, now] = heard(ways['UDP']!);
  expect(new Set(currents).size).toBe(1);
  expect(currents[0]).toBeCloseTo(-battery.current(now).value!, 5);
  expect(currents[0]).not.toBeCloseTo(0, 5);
});

test('S0.79: the protocol is open: every message that is understood is in the document, byte by byte', () => {
  const document = readFileSync(join(root, 'docs/messages.md'), 'utf8');
  const table = /\n## Messages\n\n((?:\|.*\n)+)/.exec(document)?.[1] ?? '';
  let id = NaN;
  // Each row: the id, which is not said again, the bytes, the type, what it is, and what one of it is worth.
  const told = table
    .split('\n')
    .slice(2, -1)
    .flatMap((row) => {
      const [first = '', bytes = '', type, what, unit = ''] = row
        .split('|')
        .slice(1)
        .map((cell) => cell.trim());
      if (first !== '') id = Number(first);
      const step = Number(/^[\d.]+/.exec(unit)?.[0]) * (unit.endsWith(' mV') ? 0.001 : 1);
      const places = bytes.includes(',') ? bytes.split(', ') : [bytes];
      return places.map((place) => ({ id, bytes: place, type, step, plus: what?.includes('+ charging') }));
    });
  const bytesOf = (offset: number, length: number): string =>
    length === 1 ? String(offset) : `${offset}-${offset + length - 1}`;
  const messages: readonly EvtvMessage[] = Object.values(evtvMessages);
  const understood = messages.flatMap((message) =>
    message.fields.map((field) => ({
      id: message.id,
      bytes: bytesOf(field.offset, Number(field.type.slice(1)) / 8),
      type: field.type,
      step: 1 / field.perUnit,
      plus: field.turnedBy !== undefined && field.key !== 'ampHours',
    })),
  );
  const { id: module, firstCell, perUnit } = moduleMessage;
  const ofModule = { id: module, type: 'u8', plus: false } as const;
  understood.push(
    { ...ofModule, bytes: '0', step: 1 },
    { ...ofModule, bytes: '1', step: 1 },
    { ...ofModule, bytes: bytesOf(firstCell, 6), step: 1 / perUnit },
  );
  expect(told).toEqual(understood);
  expect(new Set(understood.map((each) => each.id))).toEqual(new Set(evtvIds));
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('docs/messages.md');
});

test('S0.77: the documentation says how long a card lasts, and that is true', () => {
  const page = readFileSync(join(root, 'docs/log-and-history.md'), 'utf8').replaceAll(/\s+/g, ' ');
  const bytesOfDay = 60 * 86_400;
  expect(page).toContain(
    `A line has 60 bytes at most, so a day has ${(bytesOfDay / 1e6).toFixed(1)} MB, a year ${((bytesOfDay * 365) / 1e9).toFixed(1)} GB, ` +
      `and 26 GB last ${(26e9 / bytesOfDay / 365.25).toFixed(1)} years`,
  );
  // The manual's sample row, with the end of its line.
  const most = '08/27/2018 19:19:41 ,11.5,41.1,-34,-1397,-1415.70,036\n';
  expect(page).toContain(`most lines have ${most.length}`);
});
