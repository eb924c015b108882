import { decodeEvtvFrame } from '../../src/devices/evtv/decode';
import { packFrames, packFramesOfSecond, turnsPerSecond } from '../../src/simulation/pack-frames';
import { cutoffs, SimulatedPack } from '../../src/simulation/simulated-pack';
import { householdPower, sunshine } from '../../src/simulation/solar-day';

const hour = 3600;

class Span {
  lowest = Infinity;
  highest = -Infinity;

  add(...values: number[]): void {
    this.lowest = Math.min(this.lowest, ...values);
    this.highest = Math.max(this.highest, ...values);
  }
}

describe('a simulated pack', () => {
  it.each([0, -1, 41, 2.5, Number.NaN])('of %d modules does not exist', (modules) => {
    expect(() => new SimulatedPack({ modules })).toThrow(RangeError);
  });

  it('is wired two in series when its modules are even in number, else all in parallel', () => {
    const wiring = (modules: number): number[] => {
      const pack = new SimulatedPack({ modules });
      return [pack.inSeries, pack.strings];
    };
    expect([1, 2, 7, 8, 40].map(wiring)).toEqual([
      [6, 1],
      [12, 1],
      [6, 7],
      [12, 4],
      [12, 20],
    ]);
  });

  it('is the same for the same seed and another for another', () => {
    const frames = (seed: number): string => {
      const pack = new SimulatedPack({ modules: 7, seed });
      pack.advance(500);
      return JSON.stringify(packFramesOfSecond(pack).map(({ id, data }) => [id, [...data]]));
    };
    expect(frames(3)).toBe(frames(3));
    expect(frames(3)).not.toBe(frames(4));
  });

  it('takes time that is no time for none', () => {
    const pack = new SimulatedPack({ modules: 2 });
    for (const seconds of [0, -5, Number.NaN, Infinity]) pack.advance(seconds);
    expect(pack.time).toBe((10 + 40 / 60) * hour);
  });

  it.each([1, 2, 7, 8, 40])('of %d modules stays a believable battery for three days', (modules) => {
    const pack = new SimulatedPack({ modules });
    const seen = { charge: new Span(), cell: new Span(), amperes: new Span(), temperature: new Span() };
    for (let minute = 0; minute < 3 * 24 * 60; minute++) {
      pack.advance(60);
      seen.charge.add(pack.stateOfCharge);
      seen.cell.add(...pack.cellVoltages());
      seen.amperes.add(pack.current / pack.strings);
      seen.temperature.add(pack.temperatures.min, pack.temperatures.max);
    }
    expect(pack.cellVoltages()).toHaveLength(6 * modules);
    expect(pack.power).toBeCloseTo(pack.voltage * pack.current, 6);
    expect(seen.cell.lowest).toBeGreaterThan(cutoffs.low);
    expect(seen.cell.highest).toBeLessThan(cutoffs.high);
    expect(seen.amperes.lowest).toBeGreaterThan(-150);
    expect(seen.amperes.highest).toBeLessThan(150);
    expect(seen.temperature.lowest).toBeGreaterThan(5);
    expect(seen.temperature.highest).toBeLessThan(45);
    // A battery that is used: low in the morning, full in the afternoon.
    expect(seen.charge.lowest).toBeLessThan(0.5);
    expect(seen.charge.highest).toBeGreaterThan(0.9);
  });

  it('shows life at once: in its first minutes it charges, and the clouds pass', () => {
    const pack = new SimulatedPack({ modules: 7 });
    const currents = Array.from({ length: 300 }, () => {
      pack.advance(1);
      return pack.current;
    });
    expect(currents.filter((current) => current > 0).length).toBeGreaterThan(200);
    expect(Math.max(...currents) - Math.min(...currents)).toBeGreaterThan(50);
  });

  it('neither overcharges nor runs flat when days are skipped', () => {
    for (const stateOfCharge of [0, 0.02, 1]) {
      const pack = new SimulatedPack({ modules: 4, stateOfCharge });
      pack.advance(5 * 24 * hour);
      expect(pack.stateOfCharge).toBeGreaterThan(0);
      expect(pack.stateOfCharge).toBeLessThanOrEqual(1);
    }
  });
});

describe('the day', () => {
  it('has no sun at night and most at noon', () => {
    expect([0, 3, 5.9, 20.1, 24, 44.5].map((at) => sunshine(at * hour, 1))).toEqual([0, 0, 0, 0, 0, 0]);
    const noons = Array.from({ length: 200 }, (_, seed) => sunshine(13 * hour, seed));
    expect(Math.max(...noons)).toBeCloseTo(1, 3);
    expect(Math.min(...noons)).toBeLessThan(0.5);
  });

  it('has a household that always takes something and never more than its fuse', () => {
    const watts = new Span();
    for (let time = 0; time < 48 * hour; time += 10) watts.add(householdPower(time, 1));
    expect(watts.lowest).toBeGreaterThan(150);
    expect(watts.highest).toBeLessThan(9200);
  });
});

describe('what its controller sends', () => {
  it.each([1, 3, 7, 40])(
    'is each message once a second for %d modules, and the pack four times',
    (modules) => {
      const pack = new SimulatedPack({ modules });
      const counts = new Map<string, number>();
      const order: number[] = [];
      for (let turn = 0; turn < turnsPerSecond; turn++) {
        for (const frame of packFrames(pack, turn, { finePower: true })) {
          const heard = decodeEvtvFrame(frame);
          if ('rejected' in heard) throw new Error(heard.rejected);
          counts.set(heard.message, (counts.get(heard.message) ?? 0) + 1);
          if (heard.module !== undefined) order.push(heard.module.index);
          if (heard.module !== undefined) expect(heard.module.total).toBe(modules);
        }
      }
      expect(Object.fromEntries(counts)).toEqual({
        '0x150': 4,
        '0x151': 1,
        '0x650': 1,
        '0x651': 1,
        '0x652': 1,
        '0x68F': modules,
      });
      expect(order).toEqual(Array.from({ length: modules }, (_, i) => i));
    },
  );

  it('is what the pack is, as far as the wire can say it', () => {
    const pack = new SimulatedPack({ modules: 8 });
    pack.advance(100);
    const heard = packFramesOfSecond(pack).map((frame) => decodeEvtvFrame(frame));
    const all = Object.assign({}, ...heard) as Record<string, number>;
    expect(all['packVoltage']).toBe(Math.floor(pack.voltage * 10) / 10);
    expect(all['packCurrent']).toBe(Math.trunc(pack.current));
    expect(all['stateOfCharge']).toBe(Math.floor(pack.stateOfCharge * 200) / 2);
    expect(all['ampHours']).toBe(Math.trunc(pack.ampHours * 10) / 10);
    expect(all['highCutoff']).toBe(4.2);
    expect(all['lowCutoff']).toBe(3.2);
    expect(all['cellAverage']! * 12).toBeCloseTo(pack.voltage, 0);
    expect(heard).toHaveLength(4 + 8);
  });
});
