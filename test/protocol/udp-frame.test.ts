import * as fc from 'fast-check';
import type { CanFrame } from '../../src/protocol/can-frame';
import { decodeDatagram, encodeDatagram } from '../../src/protocol/udp-frame';

const sample = Buffer.from('deff9b01b3c8242150010000000000000000000000000008', 'hex');

function changed(offset: number, value: number): Uint8Array {
  const bytes = Uint8Array.from(sample);
  bytes[offset] = value;
  return bytes;
}

function decoded(bytes: Uint8Array, lenient = false): CanFrame {
  const frame = decodeDatagram(bytes, { lenient });
  if ('rejected' in frame) throw new Error(`rejected: ${frame.rejected}`);
  return frame;
}

describe('a datagram of 24 bytes', () => {
  it('gives its id, its eight data bytes and what its sender says of the length', () => {
    expect(decoded(sample)).toEqual({
      id: 0x150,
      data: Uint8Array.of(0xde, 0xff, 0x9b, 0x01, 0xb3, 0xc8, 0x24, 0x21),
      extended: false,
      remote: false,
      declaredLength: 8,
    });
  });

  it('compares the id by all of its 32 bits', () => {
    expect(decoded(changed(11, 0x18))).toMatchObject({ id: 0x18000150, extended: true });
    expect(decoded(changed(11, 0xff))).toMatchObject({ id: 0xff000150, extended: true });
    expect(decoded(changed(9, 0x08))).toMatchObject({ id: 0x850, extended: true });
  });

  it.each([20, 22])('S0.87: processes nothing of byte %i, and marks a one in it', (offset) => {
    expect(decoded(changed(offset, 1))).toEqual({ ...decoded(sample), flagged: true });
    for (let value = 0; value < 256; value++)
      if (value !== 1) expect(decoded(changed(offset, value))).toEqual(decoded(sample));
  });

  it('S0.87: processes nothing of family, time stamp and priority', () => {
    for (const offset of [12, 13, 14, 15, 16, 17, 18, 19, 21])
      expect(decoded(changed(offset, 0xff))).toEqual(decoded(sample));
  });

  it('may have any length byte', () => {
    expect(decoded(changed(23, 0)).declaredLength).toBe(0);
    expect(decoded(changed(23, 6)).declaredLength).toBe(6);
    expect(decoded(changed(23, 9)).declaredLength).toBe(0);
    expect(decoded(changed(23, 255)).data).toHaveLength(8);
  });

  it('lends nothing of its own memory to the frame', () => {
    const bytes = Uint8Array.from(sample);
    const frame = decoded(bytes);
    bytes.fill(0);
    expect(frame.data[0]).toBe(0xde);
  });
});

describe('a datagram of another length', () => {
  it.each([0, 1, 11, 12, 23, 25, 32, 65507])('of %i bytes is rejected', (length) => {
    expect(decodeDatagram(new Uint8Array(length))).toEqual({ rejected: 'wrong length' });
  });

  it('is taken from 12 to 24 bytes by the lenient decoder', () => {
    for (let length = 0; length < 40; length++) {
      const bytes = new Uint8Array(length);
      bytes.set(sample.subarray(0, Math.min(length, 24)));
      const frame = decodeDatagram(bytes, { lenient: true });
      if (length < 12 || length > 24) expect(frame).toEqual({ rejected: 'wrong length' });
      else expect(frame).toMatchObject({ id: 0x150, extended: false, remote: false });
    }
  });
});

describe('encoding', () => {
  it('gives the bytes that the manual describes', () => {
    const frame = { id: 0x650, data: Uint8Array.of(155), extended: false, remote: false };
    expect(Buffer.from(encodeDatagram(frame, 0x01020304)).toString('hex')).toBe(
      '9b00000000000000' + '50060000' + '00000000' + '04030201' + '00' + '00' + '00' + '01',
    );
  });

  it('is undone by decoding, for every frame', () => {
    fc.assert(
      fc.property(
        fc.record({
          id: fc.nat(0x1fffffff),
          data: fc.uint8Array({ maxLength: 8 }),
          remote: fc.boolean(),
        }),
        fc.nat(0xffffffff),
        ({ id, data, remote }, timestamp) => {
          const frame = { id, data, extended: id > 0x7ff, remote };
          const { flagged = false, ...back } = decoded(encodeDatagram(frame, timestamp));
          expect(back.data.subarray(0, data.length)).toEqual(data);
          expect({ ...back, data }).toEqual({ ...frame, remote: false, declaredLength: data.length });
          expect(flagged).toBe(frame.extended || remote);
        },
      ),
    );
  });
});
