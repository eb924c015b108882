import { dataFrame, type CanFrame } from '../../src/protocol/can-frame';
import { decodeEvtvFrame } from '../../src/devices/evtv/decode';
import { decodeDatagram } from '../../src/protocol/udp-frame';
import { Impairment } from '../../src/simulation/impairment';

const frame = dataFrame(0x150, new Uint8Array(8));

function outOf(impairment: Impairment, count: number): (CanFrame | Uint8Array)[] {
  return Array.from({ length: count }, () => impairment.apply(frame)).flat();
}

describe('a bad wire', () => {
  it('is a good one when nothing is asked of it', () => {
    expect(outOf(new Impairment({}), 1000)).toEqual(new Array(1000).fill(frame));
  });

  it('loses the part that it is to lose', () => {
    expect(outOf(new Impairment({ loss: 1 }), 1000)).toEqual([]);
    const kept = outOf(new Impairment({ loss: 0.3 }), 10_000).length;
    expect(kept).toBeGreaterThan(6800);
    expect(kept).toBeLessThan(7200);
  });

  it('adds garbage of every kind, none of which says anything about the battery', () => {
    const out = outOf(new Impairment({ garbage: 1, loss: 1 }), 2000);
    expect(out).toHaveLength(2000);
    const causes = out.map((item) => {
      const result = item instanceof Uint8Array ? decodeDatagram(item) : decodeEvtvFrame(item);
      return 'rejected' in result ? result.rejected : 'a measurement';
    });
    expect(new Set(causes)).toEqual(
      new Set(['wrong length', 'unknown id', 'remote request', 'extended id', 'short frame', 'bad sequence']),
    );
  });

  it('is as bad again for the same seed', () => {
    const options = { loss: 0.2, garbage: 0.2, seed: 9 };
    expect(outOf(new Impairment(options), 500)).toEqual(outOf(new Impairment(options), 500));
    expect(outOf(new Impairment(options), 500)).not.toEqual(
      outOf(new Impairment({ ...options, seed: 10 }), 500),
    );
  });

  it.each([-0.1, 1.1, Number.NaN])('has no part of %d', (part) => {
    expect(() => new Impairment({ loss: part })).toThrow(RangeError);
    expect(() => new Impairment({ garbage: part })).toThrow(RangeError);
  });
});
