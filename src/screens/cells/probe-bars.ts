import { Bank } from '../../model/bank';
import type { Battery } from '../../model/battery';
import { extremesOf } from '../../model/cell-voltages';
import type { Freshness } from '../../model/freshness';
import { inUnits, temperatureUnit, type Units } from '../../model/temperature';
import { cellsWords as words } from '../../words/en/cells';
import { fixed, formatOr } from '../format';
import type { Surroundings } from '../screen';
import { emptyPlot, type BarsView, type ShownBars, type ShownFact } from './shown-bars';

/** A temperature of a battery, and what it is called. */
interface Probe {
  readonly battery: string;
  /** From 1; `undefined` of the coldest and the hottest of a battery that tells no more. */
  readonly number: number | undefined;
  readonly name: string;
  /** °C; `undefined` while the probe tells nothing. */
  readonly celsius: number | undefined;
  readonly late: boolean;
  /** ms */
  readonly age: number;
}

/**
 * The temperatures of a battery by probe; the coldest and the hottest where it tells no more. Those of a bank stand side by side on
 * one scale, in the order of its members.
 *
 * @param battery which is looked at now
 */
export class ProbeBars implements BarsView {
  private scale: Scale | undefined;

  constructor(private readonly battery: () => Battery) {}

  show({ now, preferences }: Surroundings, height: number, selected: number | undefined): ShownBars {
    const battery = this.battery();
    const units = preferences?.units ?? 'celsius';
    const members = battery instanceof Bank ? battery.members : [battery];
    const probes = members.flatMap((member) => probesOf(member, now));
    const degrees = probes.map(({ celsius }) =>
      celsius === undefined ? undefined : inUnits(celsius, units),
    );
    const extremes = extremesOf(degrees);
    const read = selected === undefined ? undefined : probes[selected];
    const common = {
      reading:
        read === undefined
          ? { text: probes.length === 0 ? words.noProbes : words.probes(probes.length), tone: 'complete' }
          : { text: readingOf(read, members.length > 1, units), tone: 'fresh' },
      facts: factsOf(probes, degrees, extremes, members.length > 1, units),
    };
    if (extremes === undefined) return { ...common, empty: true, top: '', bottom: '', plot: emptyPlot };
    const { lowest, highest } = extremes;
    this.scale = scaleOf(degrees[lowest] ?? 0, degrees[highest] ?? 0, this.scale);
    const { bottom, top } = this.scale;
    const base = Math.round((-bottom / (top - bottom)) * height);
    const starts = members.length === 1 ? [] : startsOf(probes);
    return {
      ...common,
      empty: false,
      top: `${fixed(top, 0)} ${temperatureUnit(units)}`,
      bottom: `${fixed(bottom, 0)} ${temperatureUnit(units)}`,
      plot: {
        ...emptyPlot,
        heights: degrees.map((value) =>
          value === undefined ? undefined : Math.round((value / (top - bottom)) * height),
        ),
        late: probes.map(({ late }) => late),
        starts,
        names: starts.map((start) => probes[start]?.battery ?? ''),
        base,
        lowest,
        lowestText: markOf(probes[lowest]),
        highest,
        highestText: markOf(probes[highest]),
      },
    };
  }
}

function probesOf(battery: Battery, now: number): Probe[] {
  const values = battery.list('temperatures', now) ?? [];
  if (values.length > 0) {
    const fresh = battery.temperatures(now);
    const { age } = battery.quantity('temperatureMax', now);
    return values.map((celsius, i) => ({
      battery: battery.name,
      number: i + 1,
      name: words.probe(i + 1),
      celsius,
      late: celsius !== undefined && fresh[i] === undefined,
      age,
    }));
  }
  const ends = [
    ['temperatureMin', words.coldest],
    ['temperatureMax', words.hottest],
  ] as const;
  return ends.flatMap(([quantity, name]) => {
    const { value, freshness, age } = battery.quantity(quantity, now);
    return value === undefined
      ? []
      : [{ battery: battery.name, number: undefined, name, celsius: value, late: freshness === 'late', age }];
  });
}

/** What is written at the tick of the hottest or of the coldest. */
function markOf(probe: Probe | undefined): string {
  return probe?.number === undefined ? '' : String(probe.number);
}

/** The first probe of each battery. */
function startsOf(probes: readonly Probe[]): number[] {
  return probes.flatMap(({ battery }, i) => (battery === probes[i - 1]?.battery ? [] : [i]));
}

/** What the bars stand between, in the owner's degrees: zero is always among them. */
interface Scale {
  readonly bottom: number;
  readonly top: number;
}

/** In steps of ten degrees, with room at both ends. It gets smaller again only with some reserve. */
function scaleOf(low: number, high: number, before: Scale | undefined): Scale {
  const wanted = {
    bottom: low < 0 ? Math.floor((low - 2) / 10) * 10 : 0,
    top: high > 0 ? Math.ceil((high + 2) / 10) * 10 : 10,
  };
  if (before === undefined || before.bottom > wanted.bottom || before.top < wanted.top) return wanted;
  return before.top - before.bottom > wanted.top - wanted.bottom + 10 ? wanted : before;
}

function readingOf(probe: Probe, ofBank: boolean, units: Units): string {
  const { celsius, late } = probe;
  const degrees =
    celsius === undefined ? words.silent : `${fixed(inUnits(celsius, units), 1)} ${temperatureUnit(units)}`;
  return `${ofBank ? `${probe.battery} · ` : ''}${probe.name} · ${degrees}${late ? ` · ${words.old}` : ''}`;
}

function factsOf(
  probes: readonly Probe[],
  degrees: readonly (number | undefined)[],
  extremes: { readonly lowest: number; readonly highest: number } | undefined,
  ofBank: boolean,
  units: Units,
): ShownBars['facts'] {
  const unit = temperatureUnit(units);
  const known = degrees.filter((value) => value !== undefined);
  const late = probes.find((probe) => probe.late);
  const all: Pick<ShownFact, 'freshness' | 'age'> =
    known.length === 0
      ? { freshness: 'lost', age: Infinity }
      : { freshness: late === undefined ? 'fresh' : 'late', age: late?.age ?? 0 };
  const single = (index: number | undefined, name: string): ShownFact => {
    const probe = index === undefined ? undefined : probes[index];
    const freshness: Freshness = probe === undefined ? 'lost' : probe.late ? 'late' : 'fresh';
    const value = index === undefined ? undefined : degrees[index];
    const whose = [
      name,
      ...(ofBank && probe !== undefined ? [probe.battery] : []),
      ...(probe?.number === undefined ? [] : [probe.name]),
    ];
    return {
      text: formatOr(value, 0),
      unit,
      name: whose.join(' · '),
      freshness,
      age: probe?.age ?? Infinity,
    };
  };
  const mean = known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
  const spread = known.length === 0 ? undefined : Math.max(...known) - Math.min(...known);
  return [
    single(extremes?.highest, words.highest),
    single(extremes?.lowest, words.lowest),
    { text: formatOr(mean, 0), unit, name: words.average, ...all },
    { text: formatOr(spread, 0), unit, name: words.spread, ...all },
  ];
}
