import type { Reading } from '../../model/reading';
import type { ReadingSink, TopicMessage } from '../device-type';
import { valueAt } from './json-path';
import { signedQuantities } from './quantity-names';
import { saysOffline, toldValue, type Told } from './told-value';
import { mostInList, type ValuePlan, type WantedValue } from './value-plan';

/** Bytes of a message that are looked at. */
const longestMessage = 65_536;
/** A retained message may be of any age: it is as old as what is shown as old, and lost after seven more periods. */
const retainedPeriods = 3;
/** The group of a program that tells only what has changed. */
const wholeGroup = 'state';

interface Known {
  readonly value: number | undefined;
  readonly at: number;
}

/** Reads what a program publishes about one device, and tells it as readings. */
export class MessageListener {
  private readonly decoder = new TextDecoder();
  /** By name; lists by name and index. */
  private readonly known = new Map<string, Known>();
  private readonly lists = new Map<string, Known[]>();
  /** The place in the profile's order from which a quantity was told. */
  private readonly ranks = new Map<string, number>();
  private isOffline = false;

  constructor(
    private readonly device: string,
    private readonly plan: ValuePlan,
    private readonly sink: ReadingSink,
  ) {}

  /** Takes a message received at `now`, monotonic ms. Never throws. */
  message({ topic, payload, retained }: TopicMessage, now: number): void {
    const { plan, sink } = this;
    if (payload.length > longestMessage)
      return sink.rejected('too long', `${payload.length} bytes in ${topic}`);
    const text = this.decoder.decode(payload);
    if (topic === plan.availability) this.availability(topic, text);
    const wanted = plan.wanted(topic);
    if (wanted.length === 0) return;
    const content = contentOf(text, wanted);
    if (content === undefined) return sink.rejected('no JSON', `${topic}: ${text.slice(0, 60)}`);
    const at = retained ? now - retainedPeriods * plan.period : now;
    let found = 0;
    for (const value of wanted) {
      const told = text === '' ? null : valueAt(content, value.path);
      if (told === undefined) continue;
      found++;
      this.take(value, told, at, topic);
    }
    if (found === 0) return sink.rejected('no value', `${topic}: ${text.slice(0, 60)}`);
    if (this.isOffline && !retained && text !== '') this.back();
    if (plan.onChange) this.tellAll(at);
  }

  private take(
    { name, rank, index, factor, offset }: WantedValue,
    told: unknown,
    at: number,
    topic: string,
  ): void {
    if (rank > (this.ranks.get(name) ?? Infinity)) return;
    const { kind } = this.plan;
    const read = (value: unknown): number | undefined => {
      const usable = this.usable(toldValue(value, { factor, offset }, kind, name), name, topic);
      if (usable !== undefined) this.ranks.set(name, rank);
      return usable;
    };
    if (name !== 'cells' && name !== 'temperatures') this.takeValue(name, read(told), at);
    else if (index !== undefined) this.takeOne(name, index, read(told), at);
    else if (Array.isArray(told)) this.takeList(name, told.slice(0, mostInList[name]).map(read), at);
    else this.takeList(name, [read(told)], at);
  }

  private usable(told: Told, name: string, topic: string): number | undefined {
    if (told === 'unknown') return undefined;
    if ('value' in told) return told.value;
    this.sink.rejected('unusable value', `${topic}, ${name}: ${told.unusable}`);
    return undefined;
  }

  private takeValue(name: string, told: number | undefined, at: number): void {
    const { kind, invert, onChange } = this.plan;
    const turned = invert && signedQuantities[kind].includes(name);
    const value = told !== undefined && turned ? 0 - told : told;
    this.known.set(name, { value, at });
    if (!onChange) this.tell(name, at, { values: value === undefined ? {} : { [name]: value } });
  }

  private takeOne(
    name: 'cells' | 'temperatures',
    index: number,
    value: number | undefined,
    at: number,
  ): void {
    const list = this.lists.get(name) ?? [];
    while (list.length < index) list.push({ value: undefined, at: -Infinity });
    list[index] = { value, at };
    this.lists.set(name, list);
    if (this.plan.onChange) return;
    // A cell ages by itself; probes are a list, of which none may be older than the rest is late.
    const oldest = at - retainedPeriods * this.plan.period;
    if (name === 'cells')
      this.tell(name, at, { cells: { first: index, total: list.length, volts: [value] } });
    else
      this.tell(name, at, { temperatures: list.map((each) => (each.at >= oldest ? each.value : undefined)) });
  }

  private takeList(
    name: 'cells' | 'temperatures',
    values: readonly (number | undefined)[],
    at: number,
  ): void {
    this.lists.set(
      name,
      values.map((value) => ({ value, at })),
    );
    if (!this.plan.onChange) this.tell(name, at, listsOf(name, values));
  }

  /** All that is known, as told now. */
  private tellAll(at: number): void {
    const values: Record<string, number> = {};
    for (const [name, { value }] of this.known) if (value !== undefined) values[name] = value;
    let told: Partial<Reading> = { values };
    for (const [name, list] of this.lists)
      told = {
        ...told,
        ...listsOf(
          name,
          list.map(({ value }) => value),
        ),
      };
    this.tell(wholeGroup, at, told);
  }

  private availability(topic: string, text: string): void {
    if (saysOffline(text)) this.gone(topic);
    else if (this.isOffline) this.back();
  }

  /** Nothing is known any more, from now on; nothing is told anew by that. */
  private gone(topic: string): void {
    if (!this.isOffline) this.sink.trouble({ code: 'offline', values: { topic } });
    this.isOffline = true;
    const latest = Math.max(...[...this.known.values()].map(({ at }) => at));
    if (this.plan.onChange && latest > -Infinity) this.tell(wholeGroup, latest, {});
    if (!this.plan.onChange) for (const [name, { at }] of this.known) this.tell(name, at, {});
    for (const [name, list] of this.lists) {
      const at = Math.max(...list.map((each) => each.at));
      const group = this.plan.onChange ? wholeGroup : name;
      this.tell(
        group,
        at,
        listsOf(
          name,
          list.map(() => undefined),
        ),
      );
    }
    this.known.clear();
    this.lists.clear();
    this.ranks.clear();
  }

  private back(): void {
    this.isOffline = false;
    this.sink.trouble(undefined);
  }

  private tell(group: string, at: number, told: Partial<Reading>): void {
    this.sink.reading({ device: this.device, at, group, period: this.plan.period, values: {}, ...told });
  }
}

/** The content of a message; the text itself where that is the value. Undefined when it had to be JSON, and is not. */
function contentOf(text: string, wanted: readonly WantedValue[]): unknown {
  const asWhole = wanted.every(({ path }) => path.length === 0);
  if (text.trim() === '' || (asWhole && !/^\s*["[]/.test(text))) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return asWhole ? text : undefined;
  }
}

function listsOf(name: string, values: readonly (number | undefined)[]): Partial<Reading> {
  return name === 'cells'
    ? { cells: { first: 0, total: values.length, volts: values } }
    : { temperatures: values };
}
