import { boatCells, SimulatedBoat, type SimulatedBoatOptions } from '../../src/simulation/simulated-boat';

const hour = 3600;

/** A boat whose time is what the test says, in simulated seconds since the start. */
class Boat {
  seconds = 0;
  readonly site: SimulatedBoat;

  constructor(options: Partial<SimulatedBoatOptions> = {}) {
    const { speed = 60 } = options;
    const monotonic = (): number => (this.seconds * 1000) / speed;
    this.site = new SimulatedBoat({ batteries: ['house', 'bow'], monotonic, speed, ...options });
  }

  at(seconds: number): this {
    this.seconds = seconds;
    return this;
  }

  get bank(): { current: number; charge: number } {
    const members = ['house', 'bow'].map((name) => this.site.battery(name));
    return {
      current: members.reduce((sum, { current }) => sum + current, 0),
      charge: members.reduce((sum, { stateOfCharge, capacity }) => sum + stateOfCharge * capacity, 0),
    };
  }
}

/** Moments of three days, a little less than a quarter of an hour apart. */
const moments = Array.from({ length: 300 }, (_, i) => i * 863);

test('the currents of a boat add up at every moment of three days', () => {
  const boat = new Boat();
  for (const moment of moments) {
    const { site, bank } = boat.at(moment);
    const [solar, load, battery] = ['solar', 'load', 'battery'].map((role) => site.meter(role));
    expect(bank.current).toBeCloseTo(solar!.current - load!.current, 6);
    expect(battery!.current).toBeCloseTo(bank.current, 6);
    expect(site.charger().current).toBe(solar!.current);
    expect(site.meter('inverter').current).toBeLessThanOrEqual(load!.current);
    const volts = site.battery('house').cells.reduce((sum, cell) => sum + cell, 0);
    for (const other of [solar!.voltage, site.charger().batteryVoltage]) expect(other).toBeCloseTo(volts, 6);
  }
});

test('charge and energy are what has flowed', () => {
  const boat = new Boat();
  const { charge: before } = boat.bank;
  for (const moment of moments) {
    const { site, bank } = boat.at(moment);
    const [solar, load] = [site.meter('solar'), site.meter('load')];
    expect(bank.charge - before).toBeCloseTo(solar.charge - load.charge, 3);
    expect(site.meter('battery').charge).toBeCloseTo(solar.charge - load.charge, 6);
    expect(site.charger().energy).toBe(solar.energy);
    expect(site.charger().energyToday).toBeLessThanOrEqual(solar.energy);
  }
});

test('a day has sun that charges, batteries that become full, and a night that discharges', () => {
  const boat = new Boat();
  const limits = new Set<string>();
  let [least, most, dimmest, brightest] = [1, 0, Infinity, 0];
  for (const moment of moments) {
    const { site } = boat.at(moment);
    const { limit, current } = site.charger();
    limits.add(limit);
    const { cells, stateOfCharge } = site.battery('bow');
    least = Math.min(least, stateOfCharge);
    most = Math.max(most, stateOfCharge);
    dimmest = Math.min(dimmest, current);
    brightest = Math.max(brightest, current);
    for (const cell of cells) {
      expect(cell).toBeGreaterThan(3);
      expect(cell).toBeLessThan(3.57);
    }
  }
  expect([...limits].sort()).toEqual(['night', 'sun', 'voltage']);
  expect(least).toBeGreaterThan(0.2);
  expect(most).toBeGreaterThan(0.97);
  expect(most).toBeLessThanOrEqual(1);
  expect(dimmest).toBe(0);
  expect(brightest).toBeGreaterThan(25);
});

test('the energy of today begins with zero at midnight, the energy in all goes on', () => {
  const boat = new Boat();
  // It starts at 10:40.
  const { energyToday, energy } = boat.at(13.3 * hour).site.charger();
  expect(energyToday).toBeGreaterThan(1000);
  const after = boat.at(13.4 * hour).site.charger();
  expect(after).toMatchObject({ energyToday: 0, highestPowerToday: 0, energy });
});

test('the same moment is the same however it is come to, and another with another seed', () => {
  const state = ({ site }: Boat): string =>
    JSON.stringify([site.battery('bow'), site.charger(), site.meter('load'), site.meter('battery')]);
  const often = new Boat({ speed: 1 });
  for (let at = 0; at < 5000; at += 7) often.at(at).site.charger();
  expect(state(often.at(5000))).toBe(state(new Boat({ speed: 1 }).at(5000)));
  expect(state(new Boat({ seed: 2 }).at(5000))).not.toBe(state(new Boat().at(5000)));
});

test('a day is much the same at any speed', () => {
  const [slow, fast] = [1, 3600].map((speed) => new Boat({ speed }).at(2 * hour).bank.charge);
  expect(Math.abs(slow! - fast!)).toBeLessThan(1);
});

test('two chargers have half the sun each', () => {
  const two = new Boat({ chargers: 2 }).at(hour).site;
  expect(two.charger().current * 2).toBeCloseTo(two.meter('solar').current, 9);
});

test('batteries that are nearly empty are spared: the consumers are switched off until they are charged a little', () => {
  const boat = new Boat({ panelWatts: 90 });
  const loads = new Set<boolean>();
  let lowest = 1;
  for (let at = 0; at < 6 * 24 * hour; at += hour / 2) {
    const { site } = boat.at(at);
    lowest = Math.min(lowest, site.battery('house').stateOfCharge);
    loads.add(site.meter('load').current > 0);
  }
  expect(lowest).toBeGreaterThan(0.05);
  expect(lowest).toBeLessThan(0.09);
  expect([...loads]).toEqual([true, false]);
});

test('what can’t be is a mistake', () => {
  for (const options of [{ batteries: [] }, { chargers: 0 }, { speed: 0 }, { speed: -1 }])
    expect(() => new Boat(options)).toThrow(RangeError);
  expect(() => new Boat().site.battery('stern')).toThrow(RangeError);
  expect(new Boat().site.meter('other')).toMatchObject({ current: 0, charge: 0, energy: 0 });
  expect(new Boat().site.battery('house').cells).toHaveLength(boatCells);
});

test('devices that count in the time of their reader count real seconds, and begin a day at that midnight', () => {
  const boat = new Boat({
    speed: 60,
    counted: { timeOfDay: 86_400 - 30, solar: 1000, load: 500, inverter: 100 },
  });
  expect(boat.site.charger()).toMatchObject({ energy: 1000, energyToday: 0 });
  const watts = (): number => boat.site.meter('solar').voltage * boat.site.meter('solar').current;
  let sum = 0;
  for (let seconds = 0; seconds < 28 * 60; seconds += 15) {
    sum += watts() * (15 / 60 / 3600);
    boat.at(seconds + 15);
  }
  const { energy, energyToday } = boat.site.charger();
  expect(energy - 1000).toBeCloseTo(sum, 6);
  expect(energyToday).toBeCloseTo(sum, 6);
  boat.at(32 * 60);
  expect(boat.site.charger().energyToday).toBeLessThan(sum / 2);
  expect(boat.site.charger().energy).toBeGreaterThan(energy);
});
