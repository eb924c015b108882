import { cellsPerModule, maxModules } from '../devices/evtv/measurement';
import { groupCapacity, groupResistance, restVoltage } from './cell';
import { seededRandom } from './random';
import { householdPower, modulesPerHousehold, panelWattsPerModule, sunshine } from './solar-day';

/** What to simulate. */
export interface SimulatedPackOptions {
  /** Modules of six cells, 1..40. */
  readonly modules: number;
  /** The same seed gives the same clouds, kettles and cells. Default 1. */
  readonly seed?: number;
  /** Seconds after midnight at the start. Default 10:40, when the sun is well up and there is something to see. */
  readonly startOfDay?: number;
  /** State of charge at the start, 0..1. Default 0.6. */
  readonly stateOfCharge?: number;
  /** The share of the usual sun that a day has, by its number from 0, 0..1. Default: all of it. */
  readonly sky?: (day: number) => number;
  /** s that are computed in one step, at most. Default 15. */
  readonly longestStep?: number;
}

/** What the controller cuts charging and discharging off at, V per cell. */
export const cutoffs = { high: 4.2, low: 3.2 } as const;

// Where the inverter tapers: full enough, empty enough.
const taper = { high: 4.13, low: 3.3 } as const;
const thermalSeconds = 1500;
// °C per square ampere of one module: 60 A makes it 7 degrees warmer than the room.
const warmthPerSquareAmpere = 0.002;

interface Group {
  /** V that it always reads above or below its neighbours. */
  readonly offset: number;
  /** How much more resistance it has. */
  readonly resistance: number;
  /** How much sooner it is empty: 0.02 means that it lost 2 % of its capacity. */
  readonly loss: number;
}

/**
 * A pack of Tesla Model S modules on a sunny day. It knows no clock: `advance` passes the time, and the same steps give
 * the same pack. An even number of modules is wired two in series (12 cells, about 45 V, as the manual's example is),
 * the pairs in parallel; an odd number can't be, so all are in parallel (6 cells, about 22 V). Panels and household
 * grow with the number, so that a day looks alike for any.
 */
export class SimulatedPack {
  /** 1..40. */
  readonly modules: number;
  /** Cells in series. */
  readonly inSeries: number;
  /** Strings in parallel. */
  readonly strings: number;
  private readonly seed: number;
  private readonly groups: readonly Group[];
  private readonly sky: (day: number) => number;
  private readonly longestStep: number;
  private at: number;
  private charge: number;
  private amperes = 0;
  private warmth = 4;

  /** @throws RangeError when there are not 1..40 modules. */
  constructor(options: SimulatedPackOptions) {
    const { modules, seed = 1, startOfDay = (10 + 40 / 60) * 3600, stateOfCharge = 0.6 } = options;
    if (!Number.isInteger(modules) || modules < 1 || modules > maxModules) {
      throw new RangeError(`modules must be 1 to ${maxModules}, not ${modules}`);
    }
    this.modules = modules;
    this.inSeries = modules % 2 === 0 ? 2 * cellsPerModule : cellsPerModule;
    this.strings = (modules * cellsPerModule) / this.inSeries;
    this.seed = seed;
    this.at = startOfDay;
    this.charge = stateOfCharge;
    this.sky = options.sky ?? (() => 1);
    this.longestStep = options.longestStep ?? 15;
    this.groups = makeGroups(modules * cellsPerModule, seed);
    this.amperes = this.wantedCurrent();
  }

  /** Lets time pass; whole hours at once are taken in small steps. Negative or not finite: nothing happens. */
  advance(seconds: number): void {
    if (!Number.isFinite(seconds)) return;
    const { longestStep } = this;
    for (let left = seconds; left > 0; left -= longestStep) this.step(Math.min(left, longestStep));
  }

  /** Seconds since the first midnight. */
  get time(): number {
    return this.at;
  }

  /** 0..1. */
  get stateOfCharge(): number {
    return this.charge;
  }

  /** A, positive into the battery. */
  get current(): number {
    return this.amperes;
  }

  /** V of the pack. */
  get voltage(): number {
    return this.meanVoltage(this.amperes) * this.inSeries;
  }

  /** W, positive into the battery. */
  get power(): number {
    return this.voltage * this.amperes;
  }

  /** Ah since full: 0 or less. */
  get ampHours(): number {
    return (this.charge - 1) * this.capacity;
  }

  /** Ah of the pack. */
  get capacity(): number {
    return this.strings * groupCapacity;
  }

  /** °C of the warmest and of the coldest terminal. */
  get temperatures(): { readonly max: number; readonly min: number } {
    const mean = roomTemperature(this.at) + this.warmth;
    return { max: mean + 1.5 + 0.15 * this.warmth, min: mean - 1.5 };
  }

  /** V of each cell, module after module: 6..240 of them. */
  cellVoltages(): number[] {
    const amperes = this.amperes / this.strings;
    return this.groups.map(({ offset, resistance, loss }) => {
      const charge = this.charge - loss * (1 - this.charge);
      return restVoltage(charge) + amperes * groupResistance * (1 + resistance) + offset;
    });
  }

  private step(seconds: number): void {
    this.at += seconds;
    this.amperes = this.wantedCurrent();
    this.charge += (this.amperes * seconds) / 3600 / this.capacity;
    const amperes = this.amperes / this.strings;
    const target = warmthPerSquareAmpere * amperes * amperes;
    this.warmth += (target - this.warmth) * (1 - Math.exp(-seconds / thermalSeconds));
  }

  /** What sun and household leave, as far as a full or empty battery takes part. */
  private wantedCurrent(): number {
    const shine = sunshine(this.at, this.seed) * this.sky(Math.floor(this.at / 86_400));
    const sun = this.modules * panelWattsPerModule * shine;
    const load = (this.modules / modulesPerHousehold) * householdPower(this.at, this.seed);
    const wanted = (sun - load) / (restVoltage(this.charge) * this.inSeries);
    return Math.min(
      Math.max(wanted, this.currentThatReaches(taper.low)),
      this.currentThatReaches(taper.high),
    );
  }

  /** A at which the mean cell is at a voltage: none in the direction that would leave it. */
  private currentThatReaches(voltage: number): number {
    const amperes = ((voltage - restVoltage(this.charge)) / groupResistance) * this.strings;
    return voltage === taper.high ? Math.max(amperes, 0) : Math.min(amperes, 0);
  }

  private meanVoltage(current: number): number {
    return restVoltage(this.charge) + (current / this.strings) * groupResistance;
  }
}

/** Cells that differ by hundredths of a volt, and one that has seen better days. */
function makeGroups(count: number, seed: number): Group[] {
  const random = seededRandom(seed);
  // The sum of three is nearly a bell curve.
  const bell = (): number => (random() + random() + random()) / 1.5 - 1;
  const weak = Math.floor(random() * count);
  return Array.from({ length: count }, (_, i) =>
    i === weak
      ? { offset: -0.012, resistance: 0.6, loss: 0.03 }
      : { offset: 0.014 * bell(), resistance: 0.1 * bell(), loss: 0 },
  );
}

/** °C: coolest before sunrise, warmest in the afternoon. */
function roomTemperature(time: number): number {
  return 21 + 5 * Math.cos((2 * Math.PI * (time - 15 * 3600)) / 86400);
}
