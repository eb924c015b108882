import * as v from 'valibot';
import { UserError } from '../base/user-error';
import { deviceTypes, loadDeviceType, type AnyDeviceType } from './all';
import type { DeviceSetting, DeviceValues } from './device-type';
import { toggleSetting } from './shared-settings';

/** A device that the settings ask for. */
export interface ConfiguredDevice {
  /** Within the site; the type where none is given. */
  readonly name: string;
  readonly type: AnyDeviceType;
  /** Every setting of the type, checked. */
  readonly values: DeviceValues;
  /** Taken out for a while, such as over the winter: it is not read, and not missed. */
  readonly removed: boolean;
}

/** A device as it stands in the settings file, or as the text of `--device`. */
export type RawDevice = string | Readonly<Record<string, unknown>>;

/** What else is asked of the devices. */
export interface ParseOptions {
  /** Takes the settings of played devices too. */
  readonly simulated?: boolean;
}

const nameSchema = v.pipe(v.string(), v.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,31}$/u));

/** True for what can be the name of a device. */
export function isDeviceName(text: string): boolean {
  return v.is(nameSchema, text);
}

/** A device as an object with its name, whichever way it is written. Checks nothing. @throws UserError for a text that is none */
export function deviceRecord(raw: RawDevice): Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly name: string;
} {
  const given = typeof raw === 'string' ? fromText(raw) : raw;
  const type = String(given['type']);
  const { name } = given;
  return { ...given, type, name: typeof name === 'string' ? name : type };
}

const removedSetting = toggleSetting('the device is taken out for a while');

/**
 * Reads a device such as `jbd-serial,name=house,port=/dev/ttyUSB0`, or the same as an object with `type`.
 *
 * @throws UserError (as a rejection) for an unknown type or key, a missing key and a value that is not accepted
 */
export async function parseDevice(
  raw: RawDevice,
  { simulated = false }: ParseOptions = {},
): Promise<ConfiguredDevice> {
  const given = typeof raw === 'string' ? fromText(raw) : raw;
  const { type: typeName, name, removed, ...rest } = given;
  const type = typeof typeName === 'string' ? await loadDeviceType(typeName) : undefined;
  if (type === undefined) {
    const said = typeName === undefined ? 'A device has no type' : `${shown(typeName)} is no type of device`;
    throw new UserError(`${said}; the types are ${Object.keys(deviceTypes).join(', ')}.`);
  }
  if (name !== undefined && !v.is(nameSchema, name))
    throw new UserError(
      `The name of a device is ${shown(name)}, but must be 1 to 32 letters, digits, spaces and ._-, such as house.`,
    );
  const played = simulated && type.link !== 'frames' ? type.simulation?.settings : undefined;
  const settings = { ...type.settings, ...played };
  for (const key of Object.keys(rest))
    if (!Object.hasOwn(settings, key))
      throw new UserError(
        `${type.type} has no setting "${key}"; its settings are ${['name', ...settingNames(settings), 'removed'].join(', ')}.`,
      );
  const values: Record<string, string | number | boolean> = {};
  for (const [key, setting] of Object.entries(settings)) {
    const value = valueOf(type, key, setting, rest[key]);
    if (value !== undefined) values[key] = value;
  }
  const problem = type.link === 'frames' ? undefined : type.problem?.(values);
  if (problem !== undefined) throw new UserError(problem);
  return {
    name: name ?? type.type,
    type: ofItsKind(type, values),
    values,
    removed: valueOf(type, 'removed', removedSetting, removed) === true,
  };
}

/** The type as it is with these values: of some types, they say of what kind a device is. */
export function ofItsKind<T extends AnyDeviceType>(type: T, values: Readonly<Record<string, unknown>>): T {
  return type.link === 'frames' || type.kindOf === undefined ? type : { ...type, kind: type.kindOf(values) };
}

/** Their names; of a group, all at the end and with what they are. */
function settingNames(settings: Readonly<Record<string, DeviceSetting>>): readonly string[] {
  const groups = new Map<string, string[]>();
  const names = Object.entries(settings).flatMap(([name, { group }]) => {
    if (group === undefined) return [name];
    groups.set(group, [...(groups.get(group) ?? []), name]);
    return [];
  });
  return [...names, ...[...groups].map(([group, those]) => `${group} (${those.join(', ')})`)];
}

/**
 * Reads all devices of a site.
 *
 * @throws UserError (as a rejection) as `parseDevice` does, for two of one name, or at one port or address, and where all are
 * removed
 */
export async function parseDevices(
  raw: readonly RawDevice[],
  options?: ParseOptions,
): Promise<readonly ConfiguredDevice[]> {
  const devices: ConfiguredDevice[] = [];
  for (const one of raw) devices.push(await parseDevice(one, options));
  const names = new Set<string>();
  const taken = new Map<string, string>();
  for (const { name, type, values, removed } of devices) {
    if (names.has(name.toLowerCase()))
      throw new UserError(`Two devices are called "${name}"; give each a name of its own with name=.`);
    names.add(name.toLowerCase());
    if (removed) continue;
    for (const [key, { exclusive, exclusiveWith }] of Object.entries(type.settings)) {
      const value = values[key];
      if (exclusive === undefined || value === undefined) continue;
      const rest = exclusiveWith === undefined ? '' : `:${values[exclusiveWith] ?? ''}`;
      const place = `${exclusive} ${value}${rest}`;
      const other = taken.get(place);
      if (other !== undefined)
        throw new UserError(`"${other}" and "${name}" are both at ${place}; only one device can be.`);
      taken.set(place, name);
    }
  }
  if (devices.length > 0 && devices.every(({ removed }) => removed))
    throw new UserError(
      'Every device is removed, so there is nothing to read; take removed=true off one of them.',
    );
  return devices;
}

/** The values that a type has without being told any: those of a capture, which needs no port. */
export function defaultValues({ settings }: Pick<AnyDeviceType, 'settings'>): DeviceValues {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, { default: normal }]) =>
      normal === undefined ? [] : [[key, normal]],
    ),
  );
}

function valueOf(
  { type }: AnyDeviceType,
  key: string,
  setting: DeviceSetting,
  given: unknown,
): string | number | boolean | undefined {
  const { accepts, default: normal, optional = false } = setting;
  if (given === undefined) {
    if (normal !== undefined || optional) return normal;
    throw new UserError(`${type} needs ${key}=, ${accepts}.`);
  }
  const checked = checkedValue(type, key, setting, given);
  if ('problem' in checked) throw new UserError(checked.problem);
  return checked.value;
}

/** Reads one setting of a type as it was given, or says in a sentence why it is not accepted. */
export function checkedValue(
  type: string,
  key: string,
  { schema, accepts, secret, shown: masked }: DeviceSetting,
  given: unknown,
): { readonly value: string | number | boolean } | { readonly problem: string } {
  const result = v.safeParse(schema, given);
  if (result.success) return { value: result.output };
  const safe = masked !== undefined && typeof given === 'string' ? masked(given) : given;
  const value = secret === true ? 'not shown' : shown(safe);
  return { problem: `${key} of ${type} is ${value}, but must be ${accepts}.` };
}

/** `jbd-serial,name=house`: values have no comma; one that needs one goes into the settings file. */
function fromText(text: string): Record<string, unknown> {
  const [type = '', ...pairs] = text.split(',').map((part) => part.trim());
  const given: Record<string, unknown> = type === '' ? {} : { type };
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const key = pair.slice(0, equals);
    if (equals < 1)
      throw new UserError(
        `"${pair}" in --device is not a setting; write it as key=value, such as name=house.`,
      );
    if (Object.hasOwn(given, key) || key === 'type')
      throw new UserError(`--device has ${key} twice; give each setting once.`);
    given[key] = pair.slice(equals + 1);
  }
  return given;
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}
