import type { EnergyDay } from './energy/energy-days';
import { Arrivals, best, unknown, type Freshness, type Quantity } from './freshness';
import type { Bucket } from './history/bucket';
import type { MeterRole } from './meter-role';
import type { DeviceRecord, Kind, Reading } from './reading';

/** The latest that one group of values said. */
interface Group {
  readonly arrivals: Arrivals;
  /** It tells the cells of one module at a time: the age of the latest says nothing of the others. */
  readonly byModule: boolean;
  /** It has told cells. */
  cells: boolean;
  values: Readonly<Record<string, number>>;
  /** The texts of the latest reading alone. */
  texts: Readonly<Record<string, string>>;
  preferred: number;
  resolution: Readonly<Record<string, number>>;
  /** Readings since a value of the device was another, as `unchangedRounds` counts. */
  same: number;
}

type NumberList = readonly (number | undefined)[];

/** What one group of a device's values consists of, and how old it is: for passing the device on. */
export interface ToldGroup {
  readonly name: string;
  /** ms since it was received. */
  readonly age: number;
  /** ms between two, as long as the device has not shown its own habit; Infinity for what never ages. */
  readonly period: number;
  /** As in `Reading`. */
  readonly preferred: number;
  readonly resolution: Readonly<Record<string, number>>;
  /** The quantities that it tells now and that no other group is preferred for. */
  readonly quantities: readonly string[];
  /** The lists that it tells. */
  readonly lists: readonly ListName[];
  readonly cells: boolean;
  readonly texts: Readonly<Record<string, string>>;
}

/** What a reading may hold beside single values. */
const listNames = ['temperatures', 'cellTemperatures', 'balancing'] as const;
/** One of them. */
export type ListName = (typeof listNames)[number];

const nothing: Readonly<Record<string, number>> = {};
const noTexts: Readonly<Record<string, string>> = {};

/**
 * A device of a site: the latest of every value that it told, each as old as the group that it came in. Nothing is ever
 * invented: what was not received, or not for too long, is unknown. Times are monotonic milliseconds and are passed in.
 */
export class Device {
  /** Of its own values; see `changes`. */
  protected ownChanges = 0;
  private readonly groups = new Map<string, Group>();
  /** The groups that have told a quantity, in the order of their first. */
  private readonly tellers = new Map<string, Group[]>();
  private readonly words = new Map<string, string>();
  private readonly lists = new Map<ListName, { readonly group: Group; readonly values: NumberList }>();
  private readonly computations = new Map<string, (now: number) => Quantity>();
  private told: readonly string[] = [];
  private history: ((quantity: string, from: number, to: number) => Promise<readonly Bucket[]>) | undefined;
  private daySums: { readonly list: readonly EnergyDay[] } | undefined;
  /** `ownChanges` when readings began to be counted. */
  private countedFrom = 0;
  private recorded: { readonly record: DeviceRecord; readonly at: number } | undefined;

  /** @param name of the device within its site @param role of a meter: what it measures */
  constructor(
    readonly name: string,
    readonly kind: Kind,
    readonly role?: MeterRole,
  ) {}

  /** Counts every change of a value, so that a listener can tell whether anything is new. */
  get changes(): number {
    return this.ownChanges;
  }

  /** Takes in what one message said. Values that are not finite numbers are left out. */
  apply(reading: Reading): void {
    const group = this.groupOf(reading);
    if (this.ownChanges !== this.countedFrom) {
      for (const each of this.groups.values()) each.same = 0;
      this.countedFrom = this.ownChanges;
    }
    group.same++;
    // Parts of a round, such as one module of cells: the habit to learn is the round's.
    if (isPart(reading)) group.arrivals.latest = Math.max(group.arrivals.latest ?? -Infinity, reading.at);
    else {
      group.arrivals.note(reading.at);
      this.replaceValues(group, reading.values);
    }
    group.preferred = reading.preferred ?? 0;
    group.resolution = reading.resolution ?? nothing;
    for (const name of listNames) {
      const list = reading[name];
      if (list !== undefined) this.replaceList(name, group, list);
    }
    group.texts = reading.texts ?? noTexts;
    if (reading.record !== undefined) this.recorded = { record: reading.record, at: reading.at };
    for (const name in reading.texts) {
      const text = reading.texts[name] ?? '';
      if (this.words.get(name) === text) continue;
      this.words.set(name, text);
      this.ownChanges++;
    }
  }

  /**
   * A value as it was told, by the group that is preferred; one that is computed where nothing told it; `unknown` for a
   * quantity that is neither.
   */
  quantity(name: string, now: number): Quantity {
    const teller = this.tellerOf(name, now);
    return teller === undefined ? this.computed(name, now) : valueOf(teller, name, now);
  }

  /** What went in and out of it by local day, the earliest first; empty as long as nobody adds it up. */
  get days(): readonly EnergyDay[] {
    return this.daySums?.list ?? [];
  }

  /**
   * A quantity's entries of two hours in the history, oldest first; none where no history is kept.
   *
   * @param from ms since 1970 @param to likewise, not included
   */
  past(quantity: string, from: number, to: number): Promise<readonly Bucket[]> {
    return this.history?.(quantity, from, to) ?? Promise.resolve([]);
  }

  /** Takes over where its history is read. */
  remember(history: (quantity: string, from: number, to: number) => Promise<readonly Bucket[]>): void {
    this.history = history;
  }

  /** Takes over where its days are added up. */
  addUp(days: { readonly list: readonly EnergyDay[] }): void {
    this.daySums = days;
  }

  /** Has a quantity computed from now on whenever it is asked for, such as a sum over time. */
  compute(name: string, computation: (now: number) => Quantity): void {
    this.computations.set(name, computation);
  }

  /** A quantity that is computed and never told; `unknown` where nobody computes it. */
  protected computed(name: string, now: number): Quantity {
    return this.computations.get(name)?.(now) ?? unknown;
  }

  /** The same from the group that was received last, preferred or not. */
  youngest(name: string, now: number): Quantity {
    let best = unknown;
    for (const teller of this.tellers.get(name) ?? []) {
      const quantity = valueOf(teller, name, now);
      if (quantity.value !== undefined && quantity.age < best.age) best = quantity;
    }
    return best;
  }

  /** The smallest difference that the device tells of a quantity, as it is told now; 0 when that is not known. */
  resolution(name: string, now: number): number {
    return this.tellerOf(name, now)?.resolution[name] ?? 0;
  }

  /** Two values that one group told together; `undefined` when there is no such group or it is lost. */
  together(first: string, second: string, now: number): readonly [Quantity, Quantity] | undefined {
    for (const teller of this.tellers.get(first) ?? []) {
      if (!(second in teller.values)) continue;
      const [a, b] = [valueOf(teller, first, now), valueOf(teller, second, now)];
      if (a.value !== undefined) return [a, b];
    }
    return undefined;
  }

  /** The quantities that were told since the start, in the order of their first; the same array as long as they are the same. */
  get toldQuantities(): readonly string[] {
    return this.told;
  }

  /** The quantities that the latest reading of a group told, be they lost since or not. */
  get latestQuantities(): string[] {
    return [...this.groups.values()].flatMap(({ values }) => Object.keys(values));
  }

  /** The latest list of this name; `undefined` when none was told, or not for too long. */
  list(name: ListName, now: number): NumberList | undefined {
    const list = this.lists.get(name);
    return list === undefined || list.group.arrivals.freshness(now) === 'lost' ? undefined : list.values;
  }

  /** °C by probe, `undefined` where it is not fresh. */
  temperatures(now: number): NumberList {
    const list = this.lists.get('temperatures');
    if (list === undefined) return [];
    return list.group.arrivals.freshness(now) === 'fresh' ? list.values : list.values.map(() => undefined);
  }

  /** °C of one probe, chosen among those that are not lost, with the age of their group. */
  protected probe(now: number, choose: (...temperatures: readonly number[]) => number): Quantity {
    const list = this.lists.get('temperatures');
    const known = list?.values.filter((value) => value !== undefined) ?? [];
    if (list === undefined || known.length === 0) return unknown;
    const { arrivals } = list.group;
    const freshness = arrivals.freshness(now);
    return { value: freshness === 'lost' ? undefined : choose(...known), age: arrivals.age(now), freshness };
  }

  /** Firmware, model, states in words, by name. */
  get texts(): ReadonlyMap<string, string> {
    return this.words;
  }

  /** A text that the latest reading of its group told; `undefined` when it told none, or is not fresh any more. */
  freshText(name: string, now: number): string | undefined {
    for (const { texts, arrivals } of this.groups.values()) {
      const text = texts[name];
      if (text !== undefined && arrivals.freshness(now) === 'fresh') return text;
    }
    return undefined;
  }

  /** The latest row that it told in its own terms, and when (monotonic ms); the same object as long as it is the same. */
  get latestRecord(): { readonly record: DeviceRecord; readonly at: number } | undefined {
    return this.recorded;
  }

  /** ms since anything at all was received; Infinity when nothing ever was. */
  age(now: number): number {
    let youngest = Infinity;
    for (const { arrivals } of this.groups.values()) youngest = Math.min(youngest, arrivals.age(now));
    return youngest;
  }

  /** ms since each group was received. */
  ages(now: number): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.groups].map(([name, { arrivals }]) => [name, arrivals.age(now)]));
  }

  /** The same without groups that tell one module of cells at a time, each of which has an age of its own. */
  messageAges(now: number): Readonly<Record<string, number>> {
    const messages = [...this.groups].filter(([, { byModule }]) => !byModule);
    return Object.fromEntries(messages.map(([name, { arrivals }]) => [name, arrivals.age(now)]));
  }

  /**
   * Of the group that was received last. What is told once and does not age does not make a silent device look alive, unless
   * there is nothing else.
   */
  freshness(now: number): Freshness {
    const all = Array.from(this.groups.values(), ({ arrivals }) => arrivals);
    const repeated = all.filter(({ ages }) => ages);
    const states = (repeated.length > 0 ? repeated : all).map((arrivals) => arrivals.freshness(now));
    return best(...states);
  }

  /** True while a group that is received again and again is not late: a device that is asked rarely may be silent so long. */
  inTime(now: number): boolean {
    for (const { arrivals } of this.groups.values())
      if (arrivals.ages && arrivals.freshness(now) === 'fresh') return true;
    return false;
  }

  /** Every group with what it tells, in the order of their first. */
  toldGroups(now: number): readonly ToldGroup[] {
    return Array.from(this.groups, ([name, group]) => ({
      name,
      age: group.arrivals.age(now),
      period: group.arrivals.nominal,
      preferred: group.preferred,
      resolution: group.resolution,
      quantities: Object.keys(group.values).filter((quantity) => this.tellerOf(quantity, now) === group),
      lists: listNames.filter((list) => this.lists.get(list)?.group === group),
      cells: group.cells,
      texts: group.texts,
    }));
  }

  /** How often in a row the device has told all that it tells again and again without anything being another. */
  get unchangedRounds(): number {
    const repeated = [...this.groups.values()].filter(({ arrivals }) => arrivals.ages);
    if (repeated.length === 0 || this.ownChanges !== this.countedFrom) return 0;
    return Math.min(...repeated.map(({ same }) => same));
  }

  /** ms since a group was received; Infinity when it never was. */
  groupAge(name: string, now: number): number {
    return this.groups.get(name)?.arrivals.age(now) ?? Infinity;
  }

  /** The groups that were received, in the order of their first. */
  get groupNames(): Iterable<string> {
    return this.groups.keys();
  }

  private groupOf({ group: name, period, cells }: Reading): Group {
    let group = this.groups.get(name);
    if (group === undefined) {
      const byModule = cells?.perModule !== undefined;
      group = {
        arrivals: new Arrivals(period),
        byModule,
        cells: false,
        values: nothing,
        texts: noTexts,
        preferred: 0,
        resolution: nothing,
        same: 0,
      };
      this.groups.set(name, group);
    }
    if (cells !== undefined) group.cells = true;
    return group;
  }

  private replaceValues(group: Group, told: Readonly<Record<string, number>>): void {
    const before = group.values;
    let values = told;
    for (const name in told) {
      const value = told[name];
      if (value === undefined || !Number.isFinite(value)) {
        values = finite(told);
        break;
      }
    }
    group.values = values;
    for (const name in values) {
      if (values[name] !== before[name]) this.ownChanges++;
      const tellers = this.tellers.get(name);
      if (tellers === undefined) {
        this.tellers.set(name, [group]);
        this.told = [...this.told, name];
      } else if (!tellers.includes(group)) tellers.push(group);
    }
    // What an earlier message of the group told and this one does not is unknown from now on: it would never age.
    for (const name in before) if (!(name in values)) this.ownChanges++;
  }

  private replaceList(name: ListName, group: Group, values: NumberList): void {
    const before = this.lists.get(name)?.values;
    if (before?.length !== values.length || values.some((value, i) => value !== before[i])) this.ownChanges++;
    this.lists.set(name, { group, values });
  }

  private tellerOf(name: string, now: number): Group | undefined {
    const tellers = this.tellers.get(name);
    const [only] = tellers ?? [];
    if (tellers === undefined || (tellers.length === 1 && only?.preferred === 0)) return only;
    let other: Group | undefined;
    for (const teller of tellers) {
      const { value, age } = valueOf(teller, name, now);
      if (teller.preferred > 0) {
        if (value !== undefined && age < teller.preferred) return teller;
      } else if (other === undefined || (value !== undefined && age < other.arrivals.age(now)))
        other = teller;
    }
    return other;
  }
}

function isPart({ cells, values }: Reading): boolean {
  if (cells === undefined || cells.volts.length >= cells.total) return false;
  for (const name in values) if (values[name] !== undefined) return false;
  return true;
}

function valueOf({ values, arrivals }: Group, name: string, now: number): Quantity {
  const value = values[name];
  if (value === undefined) return unknown;
  const freshness = arrivals.freshness(now);
  return { value: freshness === 'lost' ? undefined : value, age: arrivals.age(now), freshness };
}

function finite(told: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(told).filter(([, value]) => Number.isFinite(value)));
}
