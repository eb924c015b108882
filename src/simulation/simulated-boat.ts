import type { PlayedBattery, PlayedCharger, PlayedMeter, PlayedSite } from '../devices/played-site';
import { boatLoad, type BoatLoad } from './boat-day';
import { lithiumIronVoltage } from './lithium-iron-cell';
import { seededRandom } from './random';
import { sunshine } from './solar-day';

/** What to simulate. */
export interface SimulatedBoatOptions {
  /** Names of its batteries, which are in parallel: the first has 200 Ah, each other one 100 Ah. At least one. */
  readonly batteries: readonly string[];
  /** Solar chargers, which share the sun. Default 1. */
  readonly chargers?: number;
  /** ms that only grow: the moment that is asked for. */
  readonly monotonic: () => number;
  /** Simulated seconds in a second, above 0. Default 1. */
  readonly speed?: number;
  /** The same seed gives the same clouds, kettles and cells. Default 1. */
  readonly seed?: number;
  /** W of all panels at noon under a clear sky. Default 620. */
  readonly panelWatts?: number;
  /** s since the first midnight at the start. Default 10:40, when the sun is well up. */
  readonly startsAt?: number;
  /** Charge of the first battery at the start, 0..1. Default 0.45. */
  readonly stateOfCharge?: number;
  /** The share of the usual sun that a day has, by its number from 0, 0..1. Default: all of it. */
  readonly sky?: (day: number) => number;
  /** What the devices have counted before, and when. Default: nothing, and they count in simulated time. */
  readonly counted?: BoatCounts;
}

/** Devices that count what passes in the time of whoever reads them, however fast the sun moves. */
export interface BoatCounts {
  /** s since midnight in that time at the start: what is counted by day begins again at midnight. */
  readonly timeOfDay: number;
  /** Wh that have passed a place before. */
  readonly solar: number;
  readonly load: number;
  readonly inverter: number;
}

/** Cells in series of each battery. */
export const boatCells = 4;

const day = 86_400;
/** Simulated s of a step, at most. */
const longestStep = 15;
/** s after midnight at the start, when the sun is well up. */
const startOfDay = (10 + 40 / 60) * 3600;
/** V at which what was counted before has passed. */
const nominalVoltage = 13.3;
/** V that the chargers keep the batteries below. */
const absorption = 14.2;
/** Below the first mean charge a relay switches the consumers off, above the second on again. */
const cutOff = { below: 0.08, above: 0.15 } as const;

interface Battery {
  readonly name: string;
  /** Ah. */
  readonly capacity: number;
  /** Ohm of all its cells and its cable. */
  readonly resistance: number;
  /** V that each cell reads above or below the mean of them. */
  readonly offsets: readonly number[];
  charge: number;
  current: number;
}

/** Charge and energy that has passed a place, and how much of the energy today. */
class Counter {
  charge: number;
  today = 0;
  highestToday = 0;

  /** @param energy Wh that it has counted before */
  constructor(public energy: number) {
    this.charge = energy / nominalVoltage;
  }

  add(voltage: number, current: number, seconds: number): void {
    this.charge += (current * seconds) / 3600;
    this.energy += (voltage * current * seconds) / 3600;
    this.today += (voltage * current * seconds) / 3600;
    this.highestToday = Math.max(this.highestToday, voltage * current);
  }

  begin(): void {
    this.today = 0;
    this.highestToday = 0;
  }
}

/**
 * A boat on a sunny day: batteries in parallel on one busbar, solar chargers that feed it, and consumers, some of them behind an
 * inverter. Currents add up: those into the batteries are what the chargers give less what the consumers take, and the
 * batteries share it by their resistance and charge. It is computed in steps of a second (of 15 simulated ones at most) as it is
 * asked, so that the same moment gives the same values however often it was asked before.
 */
export class SimulatedBoat implements PlayedSite {
  private readonly options: Required<Omit<SimulatedBoatOptions, 'counted'>>;
  private readonly batteries: readonly Battery[];
  private begun: number;
  /** Simulated s. */
  private readonly step: number;
  private steps = 0;
  /** Simulated s since the first midnight. */
  private at: number;
  /** s since the midnight before the start, in the time that is counted in. */
  private countedAt: number;
  /** s that are counted in a simulated second. */
  private readonly countedPace: number;
  private voltage = 0;
  private solar = 0;
  private limit: PlayedCharger['limit'] = 'sun';
  private load: BoatLoad = { direct: 0, inverter: 0 };
  private isCutOff = false;
  private readonly counters: { readonly solar: Counter; readonly load: Counter; readonly inverter: Counter };

  /** @throws RangeError without a battery, without a charger, and at a speed that is not above 0 */
  constructor(options: SimulatedBoatOptions) {
    const { counted, ...others } = options;
    this.options = {
      chargers: 1,
      speed: 1,
      seed: 1,
      panelWatts: 620,
      startsAt: startOfDay,
      stateOfCharge: 0.45,
      sky: () => 1,
      ...others,
    };
    const { batteries, chargers, speed, seed, monotonic, startsAt, stateOfCharge } = this.options;
    if (batteries.length === 0 || !(chargers >= 1) || !(speed > 0))
      throw new RangeError('a boat has a battery and a charger, and its time passes');
    const random = seededRandom(seed);
    this.batteries = batteries.map((name, i) => makeBattery(name, i, stateOfCharge, random));
    this.at = startsAt;
    this.countedAt = counted?.timeOfDay ?? startsAt;
    this.countedPace = counted === undefined ? 1 : 1 / speed;
    this.counters = {
      solar: new Counter(counted?.solar ?? 0),
      load: new Counter(counted?.load ?? 0),
      inverter: new Counter(counted?.inverter ?? 0),
    };
    this.step = Math.min(longestStep, Math.max(1, speed));
    this.begun = monotonic();
    this.settle();
  }

  battery(name: string): PlayedBattery {
    this.pass();
    const battery = this.batteries.find((each) => each.name === name);
    if (battery === undefined) throw new RangeError(`the boat has no battery ${name}`);
    const { offsets, current, charge: stateOfCharge, capacity } = battery;
    const warmth = this.warmth + (current / capacity) ** 2 * 30;
    return {
      cells: offsets.map((offset) => this.voltage / boatCells + offset),
      current,
      stateOfCharge,
      capacity,
      temperatures: [warmth + 1.2, warmth, warmth + 0.4],
    };
  }

  charger(): PlayedCharger {
    this.pass();
    const { solar } = this.counters;
    const { chargers } = this.options;
    return {
      batteryVoltage: this.voltage,
      current: this.solar / chargers,
      pvVoltage: this.limit === 'night' ? 0 : this.limit === 'voltage' ? 40 : 31 + 4 * this.shine,
      stateOfCharge: this.meanCharge,
      limit: this.limit,
      highestPowerToday: solar.highestToday / chargers,
      energyToday: solar.today / chargers,
      energy: solar.energy / chargers,
      batteryTemperature: this.warmth,
    };
  }

  meter(role: string): PlayedMeter {
    this.pass();
    const { solar, load, inverter } = this.counters;
    const common = { voltage: this.voltage, stateOfCharge: this.meanCharge, temperature: this.warmth };
    const told = ({ charge, energy }: Pick<Counter, 'charge' | 'energy'>, current: number): PlayedMeter => ({
      ...common,
      current,
      charge,
      energy,
    });
    switch (role) {
      case 'solar':
        return told(solar, this.solar);
      case 'load':
        return told(load, this.taken);
      case 'inverter':
        return told(inverter, this.load.inverter / this.voltage);
      case 'battery': {
        const into = { charge: solar.charge - load.charge, energy: solar.energy - load.energy };
        return told(into, this.solar - this.taken);
      }
      default:
        return told({ charge: 0, energy: 0 }, 0);
    }
  }

  /** Simulated seconds since the first midnight. */
  get time(): number {
    return this.at;
  }

  /** Lets simulated time pass at once, and apart from the clock; all of it is counted. @param seconds a step of at most some minutes */
  skip(seconds: number): void {
    this.next(seconds, seconds);
  }

  /** Lets its time run with the clock from now on. */
  begin(): void {
    this.begun = this.options.monotonic();
    this.steps = 0;
  }

  /** What reaches the panels, 0..1. */
  private get shine(): number {
    return sunshine(this.at, this.options.seed) * this.options.sky(Math.floor(this.at / day));
  }

  /** A that the consumers take. */
  private get taken(): number {
    return (this.load.direct + this.load.inverter) / this.voltage;
  }

  private get meanCharge(): number {
    const sum = (of: (battery: Battery) => number): number =>
      this.batteries.reduce((total, battery) => total + of(battery), 0);
    return sum(({ charge, capacity }) => charge * capacity) / sum(({ capacity }) => capacity);
  }

  /** °C below deck: coolest before sunrise, warmest in the afternoon. */
  private get warmth(): number {
    return 21 + 4 * Math.cos((2 * Math.PI * (this.time - 15 * 3600)) / day);
  }

  /** Goes on to the moment that is now. */
  private pass(): void {
    const { monotonic, speed } = this.options;
    const due = Math.floor((((monotonic() - this.begun) / 1000) * speed) / this.step);
    while (this.steps < due) {
      this.steps++;
      this.next(this.step, this.step * this.countedPace);
    }
  }

  /** @param step simulated s @param seconds that are counted */
  private next(step: number, seconds: number): void {
    const { solar, load, inverter } = this.counters;
    for (const battery of this.batteries)
      battery.charge += (battery.current * step) / 3600 / battery.capacity;
    solar.add(this.voltage, this.solar, seconds);
    load.add(this.voltage, this.taken, seconds);
    inverter.add(this.voltage, this.load.inverter / this.voltage, seconds);
    const before = Math.floor(this.countedAt / day);
    this.at += step;
    this.countedAt += seconds;
    if (Math.floor(this.countedAt / day) > before)
      for (const counter of [solar, load, inverter]) counter.begin();
    this.settle();
  }

  /** Shares out what there is at this moment. */
  private settle(): void {
    const { panelWatts } = this.options;
    const charge = this.meanCharge;
    if (charge < cutOff.below) this.isCutOff = true;
    else if (charge > cutOff.above) this.isCutOff = false;
    this.load = this.isCutOff ? { direct: 0, inverter: 0 } : boatLoad(this.time, this.options.seed);
    const rest = this.batteries.map((battery) => boatCells * lithiumIronVoltage(battery.charge));
    const sum = (of: (resistance: number, rest: number) => number): number =>
      this.batteries.reduce((total, { resistance }, i) => total + of(resistance, rest[i] ?? 0), 0);
    const conductance = sum((resistance) => 1 / resistance);
    const unloaded = sum((resistance, volts) => volts / resistance) / conductance;
    /** V of the busbar while so much power flows into the batteries: the root of U (U - unloaded) conductance = power. */
    const voltageAt = (power: number): number =>
      unloaded / 2 + Math.sqrt(Math.max(0, (unloaded / 2) ** 2 + power / conductance));
    const watts = panelWatts * this.shine;
    const load = this.load.direct + this.load.inverter;
    const wanted = voltageAt(watts - load);
    // Batteries that are nearly full take less, and the chargers give no more than that and the consumers take.
    const isLimited = wanted > absorption && watts > 0;
    this.voltage = isLimited ? Math.max(absorption, voltageAt(-load)) : wanted;
    this.limit = watts === 0 ? 'night' : isLimited ? 'voltage' : 'sun';
    const into = (this.voltage - unloaded) * conductance;
    this.solar = isLimited ? Math.max(0, into + load / this.voltage) : watts / this.voltage;
    for (const [i, battery] of this.batteries.entries())
      battery.current = (this.voltage - (rest[i] ?? 0)) / battery.resistance;
  }
}

/** The second battery has a longer cable, and is a little behind the first at the start. */
function makeBattery(name: string, place: number, charge: number, random: () => number): Battery {
  const capacity = place === 0 ? 200 : 100;
  const raw = Array.from({ length: boatCells }, () => 0.008 * (random() - 0.5));
  const mean = raw.reduce((total, offset) => total + offset, 0) / boatCells;
  return {
    name,
    capacity,
    resistance: 1 / capacity + (place === 0 ? 0 : 0.002),
    offsets: raw.map((offset) => offset - mean),
    charge: charge - 0.015 * place,
    current: 0,
  };
}
