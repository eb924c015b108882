import type { Kind } from '../../model/reading';
import type { DeviceValues } from '../device-type';
import { profilePlaces, profiles, type Profile } from './profiles';
import { isQuantityOf, quantityNames } from './quantity-names';
import { isTopic, parseValuePlace, type ValuePlace } from './value-place';

/** A value that a message may tell. */
export interface WantedValue extends Omit<ValuePlace, 'topic'> {
  /** A quantity, `cells` or `temperatures`. */
  readonly name: string;
  /** Which cell or probe, from 0; absent where a list or a single value is told. */
  readonly index?: number;
  /** The least is preferred where several tell the same; 0 is the first. */
  readonly rank: number;
}

/** What a device's settings come to. */
export interface ValuePlan {
  readonly kind: Kind;
  /** What is subscribed to. */
  readonly topics: readonly string[];
  /** Where it is said that the device is gone; undefined where nothing does. */
  readonly availability: string | undefined;
  readonly keepAlive: { readonly topic: string; readonly every: number } | undefined;
  /** ms between two messages. */
  readonly period: number;
  /** A value is told only when it has changed: all hold as long as any is told. */
  readonly onChange: boolean;
  /** Turns the sign of current and power, and of a meter's charge and energy, round. */
  readonly invert: boolean;
  /** What is to be read in a message with this topic. */
  wanted(topic: string): readonly WantedValue[];
}

/** Cells and probes that are taken. */
export const mostInList: Readonly<Record<string, number>> = { cells: 240, temperatures: 32 };
/** s between two messages of a program that nothing is known of. */
const usualEvery = 10;

/** The topic of a device without what only a subscription needs. */
export function baseTopic(topic: string): string {
  return topic.replace(/\/#$/, '').replace(/\/+$/, '');
}

/** Of what kind a device with these settings is. */
export function kindOf(values: Readonly<Record<string, unknown>>): Kind {
  const { kind, topic } = values;
  if (kind === 'battery' || kind === 'solar-charger' || kind === 'meter') return kind;
  const profile = profileOf(values);
  if (profile?.kindOf !== undefined) return profile.kindOf(`${baseTopic(String(topic))}/`);
  const [first = 'battery'] = Object.keys(profile?.kinds ?? {}) as Kind[];
  return first;
}

/** The settings taken together. @returns what is wrong with them: a sentence */
export function planProblem(values: DeviceValues): string | undefined {
  const topic = baseTopic(String(values['topic'] ?? ''));
  const kind = kindOf(values);
  const profile = profileOf(values);
  const named = ownPlaces(values);
  if (profile !== undefined) {
    const word = String(values['profile']);
    if (topic === '' || !isTopic(topic, false))
      return `mqtt-json with profile=${word} needs topic=, ${profile.topic}.`;
    if (profile.kinds[kind] === undefined)
      return `profile ${word} of mqtt-json tells a ${Object.keys(profile.kinds).join(' or ')}, not a ${kind}.`;
  } else if (named.length === 0)
    return 'mqtt-json needs a profile=, or at least one quantity such as voltage=battery.volts.';
  const role = String(values['role'] ?? 'other');
  if (kind !== 'meter' && role !== 'other')
    return `role=${role} of mqtt-json is what a meter measures, but the device is a ${kind}; take it out, or set kind=meter.`;
  for (const [name, place] of named) {
    if (!isQuantityOf(kind, name))
      return `mqtt-json with kind ${kind} has no quantity "${name}"; it has ${quantityNames(kind).join(', ')}.`;
    if (place.topic === '' && topic === '')
      return `mqtt-json needs topic=, in whose messages ${name} is read, or a topic in ${name} itself.`;
  }
  return undefined;
}

/** What is read where. @param values of settings without a problem */
export function valuePlan(values: DeviceValues): ValuePlan {
  const filter = String(values['topic'] ?? '');
  const topic = baseTopic(filter);
  const kind = kindOf(values);
  const profile = profileOf(values);
  const exact = new Map<string, WantedValue[]>();
  const numbered: { readonly pattern: RegExp; readonly value: WantedValue }[] = [];
  const inDevice: WantedValue[] = [];
  const topics = new Set<string>();
  const add = (name: string, { topic: place, ...rest }: ValuePlace, rank: number): void => {
    const value = { ...rest, name, rank };
    if (place === '') inDevice.push(value);
    else if (place.includes('{n}')) numbered.push({ pattern: numberPattern(place), value });
    else exact.set(place, [...(exact.get(place) ?? []), value]);
    topics.add(place === '' ? filter : anyNumber(place));
  };
  const own = ownPlaces(values);
  for (const [name, place] of own) add(name, place, 0);
  const isOwn = (name: string): boolean => own.some(([each]) => each === name);
  for (const [name, places] of profile === undefined ? [] : profilePlaces(profile, kind, topic))
    if (!isOwn(name)) places.forEach((place, rank) => add(name, place, rank));
  const given = String(values['availability'] ?? '');
  const availability = given === '' ? profile?.availability?.(topic) : given;
  if (availability !== undefined) topics.add(availability);
  const every = Number(values['every'] ?? 0);
  const { onchange } = values;
  return {
    kind,
    topics: withoutCovered([...topics]),
    availability,
    keepAlive: profile?.keepAlive?.(topic),
    period: 1000 * (every > 0 ? every : (profile?.every ?? usualEvery)),
    onChange: onchange === 'yes' || (onchange !== 'no' && profile?.onChange === true),
    invert: values['invert'] === true,
    wanted: (told) => [
      ...(exact.get(told) ?? []),
      ...numbered.flatMap(({ pattern, value }) => {
        const index = Number(pattern.exec(told)?.[1] ?? 0) - 1;
        return index >= 0 && index < (mostInList[value.name] ?? 0) ? [{ ...value, index }] : [];
      }),
      ...(inDevice.length > 0 && told !== availability && matches(filter, told) ? inDevice : []),
    ],
  };
}

/** True when a subscription's filter takes a topic in. MQTT 5, section 4.7. */
export function matches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [i, level] of wanted.entries()) {
    // What a broker tells of itself is not meant by «all».
    if (i === 0 && topic.startsWith('$') && /^[+#]$/.test(level)) return false;
    if (level === '#') return true;
    if (i >= levels.length || (level !== '+' && level !== levels[i])) return false;
  }
  return levels.length === wanted.length;
}

function profileOf({ profile }: Readonly<Record<string, unknown>>): Profile | undefined {
  return typeof profile === 'string' && Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
}

/** The quantities that the settings name themselves. */
function ownPlaces(values: DeviceValues): readonly (readonly [name: string, place: ValuePlace])[] {
  return quantityNames().flatMap((name) => {
    const place = values[name] === undefined ? undefined : parseValuePlace(values[name]);
    return place === undefined ? [] : [[name, place] as const];
  });
}

function numberPattern(topic: string): RegExp {
  const parts = topic.split('{n}').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('(\\d{1,3})')}$`);
}

/** A filter that takes in all numbers of a topic. */
function anyNumber(topic: string): string {
  const levels = topic.split('/').map((level) => (level.includes('{n}') ? '+' : level));
  return levels.join('/');
}

/** Without those that another one takes in: a broker may send a message once for each. */
function withoutCovered(topics: readonly string[]): string[] {
  return topics.filter((topic) => !topics.some((other) => other !== topic && matches(other, topic)));
}
