import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { BatteryMeasurement } from '../../src/devices/evtv/measurement';
import { decodeEvtvFrame } from '../../src/devices/evtv/decode';
import { evtvIds } from '../../src/devices/evtv/messages';
import { decodeDatagram } from '../../src/protocol/udp-frame';
import { keptBytes } from '../kept-bytes';

const valid = (
  JSON.parse(readFileSync(path.join(__dirname, '../fixtures/evtv-udp.json'), 'utf8')) as { hex: string[] }[]
)
  .flatMap((vector) => vector.hex)
  .map((hex) => Buffer.from(hex, 'hex'))
  .filter((bytes) => bytes.length === 24);

/** Park and Miller's generator: the same bytes on every run, faster than fast-check could make a million of them. */
function randomBytes(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 0x7fffffff) & 0xff;
}

function checkMeasurement(measurement: BatteryMeasurement): void {
  for (const value of Object.values(measurement)) {
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
      throw new Error(`${value}`);
  }
  const module = measurement.module;
  if (module === undefined) return;
  if (module.index >= module.total || module.voltages.length !== 6) throw new Error(JSON.stringify(module));
  if (module.voltages.some((v) => !(v >= 2 && v <= 4.55))) throw new Error(JSON.stringify(module));
}

/** Decodes as a source and its listener would; throws for a value that must not come out. */
function swallow(bytes: Uint8Array): boolean {
  const frame = decodeDatagram(bytes, { lenient: true });
  if ('rejected' in frame) return false;
  const measurement = decodeEvtvFrame(frame, { invertCurrent150: true, signedTemperatures: true });
  if ('rejected' in measurement) return false;
  checkMeasurement(measurement);
  return true;
}

describe('bytes from anybody on the network', () => {
  it('throw nothing and leave nothing behind in a million random datagrams', () => {
    const random = randomBytes(20181222);
    const buffer = new Uint8Array(65507);
    const run = (count: number): number => {
      let understood = 0;
      for (let i = 0; i < count; i++) {
        // Mostly near the length that matters, sometimes the longest there is; every second one has a known id.
        const length = i % 1000 === 0 ? random() * 257 : random() % 48;
        const bytes = buffer.subarray(0, length);
        for (let at = 0; at < Math.min(length, 48); at++) bytes[at] = random();
        if (i % 2 === 0 && length >= 12) {
          const id = evtvIds[random() % evtvIds.length]!;
          bytes.set([id & 0xff, id >> 8, 0, 0], 8);
        }
        if (swallow(bytes)) understood++;
      }
      return understood;
    };
    run(50_000);
    const before = keptBytes();
    expect(run(1_000_000)).toBeGreaterThan(100_000);
    expect(keptBytes() - before).toBeLessThan(2_000_000);
  });

  it('are refused in every prefix of a valid datagram', () => {
    for (const bytes of valid) {
      for (let length = 0; length < 24; length++) {
        expect(decodeDatagram(bytes.subarray(0, length))).toEqual({ rejected: 'wrong length' });
        expect(() => swallow(bytes.subarray(0, length))).not.toThrow();
      }
    }
  });

  it('throw nothing with any bit of a valid datagram flipped', () => {
    for (const bytes of valid) {
      for (let bit = 0; bit < 24 * 8; bit++) {
        const flipped = Uint8Array.from(bytes);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => swallow(flipped)).not.toThrow();
        // A flipped bit of the id is another message or none, never the same one.
        const frame = decodeDatagram(flipped);
        if ('rejected' in frame) throw new Error('24 bytes are a frame');
        if (bit >= 64 && bit < 96) expect(frame.id).not.toBe(bytes.readUInt32LE(8));
      }
    }
  });
});
