import type { DeviceSettingForm } from '../model/device-setting-form';
import type { Kind } from '../model/reading';
import type { DeviceEntry, EditedDevice, LiveDevice } from '../screens/config/devices/devices-desk';
import { entryValues } from '../screens/config/devices/device-draft';
import { isTakenOut } from '../screens/config/devices/device-list';
import {
  valueIn,
  without,
  type Field,
  type FieldValue,
  type FieldValues,
  type Parsed,
} from '../screens/config/field';
import { signed } from '../screens/format';
import {
  deviceSettingsWords,
  deviceSettingWords,
  optionWords,
  timeStepText,
} from '../words/en/device-settings';
import { bankField } from './bank-field';

/** A setting of a type of device that is set on the screen. */
export interface TypeSetting {
  /** As in the settings file. */
  readonly name: string;
  readonly help: string;
  readonly secret: boolean;
  /** A value as it may be shown, where a password may be a part of it. */
  readonly shown?: (value: string) => string;
  /** The only kind of device for which it is set. */
  readonly formOf?: Kind;
  /** What it is without being set; `undefined` where it must be set. */
  readonly normal: FieldValue | undefined;
  readonly form: DeviceSettingForm;
  /** Reads it as it was given, or says in the sentence of the settings file why it is not accepted. */
  readonly check: (given: unknown) => Parsed;
}

/** What of a type of device is set on the screen. */
export interface TypeForm {
  readonly kind: Kind;
  /** Of what kind a device of the type is, where its settings say so. */
  readonly kindOf?: (entry: DeviceEntry) => Kind;
  readonly settings: readonly TypeSetting[];
}

/** What the fields of a device need of the program. */
export interface DeviceFieldParts {
  readonly typeForm: (type: string) => TypeForm | undefined;
  readonly live: (name: string) => LiveDevice | undefined;
  /** Why nothing can be changed here; empty when it can. */
  readonly fixed: string;
}

type Shared = Omit<Extract<Field, { readonly kind: 'switch' }>, 'kind'>;

/** More of them than these don't stand side by side. */
const mostOptions = 5;

/**
 * What can be set of a device, from the table of its type's settings: its values are those of the device's entry and `bank`.
 *
 * @returns `undefined` while a type of the list is being loaded
 */
export function deviceFields(
  { devices, index, bank, savedBank, saved }: EditedDevice,
  { typeForm, live, fixed }: DeviceFieldParts,
): readonly Field[] | undefined {
  const entry = devices[index];
  const forms = devices.map(({ type }) => typeForm(type));
  const form = forms[index];
  if (entry === undefined || form === undefined || forms.includes(undefined)) return undefined;
  const kindOf = (device: DeviceEntry, i: number): Kind | undefined =>
    forms[i]?.kindOf?.(device) ?? forms[i]?.kind;
  const batteries = devices.filter((device, i) => kindOf(device, i) === 'battery').map(({ name }) => name);
  const kind = kindOf(entry, index) ?? form.kind;
  const bankChoice =
    kind === 'battery'
      ? bankField({ restarts: true, fixed }, { name: entry.name, batteries, bank, savedBank })
      : undefined;
  return [
    ...(bankChoice === undefined ? [] : [bankChoice]),
    ...form.settings
      .filter(({ formOf = kind }) => formOf === kind)
      .map((setting) => settingField(withSecrets(setting, entry), kind, fixed, saved, live)),
    takenOutField(devices, index, fixed),
  ];
}

/** A text that holds a password now is typed and shown like one. */
function withSecrets(setting: TypeSetting, entry: DeviceEntry): TypeSetting {
  const { name, secret, shown } = setting;
  const value = entry[name];
  const holdsSecret = typeof value === 'string' && shown !== undefined && shown(value) !== value;
  return { ...setting, secret: secret || holdsSecret };
}

function settingField(
  setting: TypeSetting,
  kind: Kind,
  fixed: string,
  saved: DeviceEntry | undefined,
  live: DeviceFieldParts['live'],
): Field {
  const { name, help, secret, normal, form, check } = setting;
  const words = deviceSettingWords(name, help);
  const read = (values: FieldValues): FieldValue => {
    const given = values[name];
    // A password that was not set is none, whatever the device's maker has set.
    if (given === undefined && secret) return '';
    const checked = check(given ?? normal);
    return 'value' in checked ? checked.value : valueIn(values, name);
  };
  const format = (value: FieldValue): string => valueText(setting, value);
  const shared: Shared = {
    name,
    label: words.label,
    note:
      words.note === '' && normal !== undefined ? deviceSettingsWords.normally(format(normal)) : words.note,
    restarts: true,
    fixed,
    applies: () => true,
    read,
    write: (values, value) => {
      const rest = without(values, name);
      // What it is without being set is not set.
      if (value === normal || (value === '' && normal !== undefined)) return rest;
      return 'value' in check(value) ? { ...rest, [name]: value } : undefined;
    },
    format,
  };
  switch (form.kind) {
    case 'switch':
      return form.turns === undefined ? { ...shared, kind: 'switch' } : signField(shared, kind, saved, live);
    case 'choice': {
      const { options } = form;
      const numbers = options.filter((option) => typeof option === 'number');
      if (options.length > mostOptions && numbers.length === options.length)
        return { ...shared, kind: 'slider', stops: numbers };
      return {
        ...shared,
        kind: 'choice',
        options: options.map((value) => ({ value, label: format(value) })),
      };
    }
    case 'seconds':
      return { ...shared, kind: 'slider', stops: form.steps };
    case 'text':
      return {
        ...shared,
        kind: 'text',
        keyboard: form.keyboard,
        secret,
        parse: (text) => {
          const given = text.trim();
          return given === '' && normal !== undefined ? { value: '' } : check(given);
        },
      };
  }
}

/** A value of a setting, as it is shown. */
function valueText({ name, form }: TypeSetting, value: FieldValue): string {
  if (form.kind === 'switch') return onOff(value);
  if (form.kind === 'seconds') return timeStepText(Number(value));
  return form.kind === 'choice' && typeof value !== 'boolean' ? optionWords(name, value)[0] : String(value);
}

/** A switch that shows what comes of it: the current of now, with the sign that it has or would have. */
function signField(
  shared: Shared,
  kind: Kind,
  saved: DeviceEntry | undefined,
  live: DeviceFieldParts['live'],
): Field {
  const current = (): number | undefined => (saved === undefined ? undefined : live(saved.name)?.current);
  // With this setting it is read now.
  const now = saved === undefined ? undefined : shared.read(entryValues(saved));
  return {
    ...shared,
    kind: 'switch',
    get note() {
      return current() === undefined ? shared.note : deviceSettingsWords.signNote(kind);
    },
    format: (value) => {
      const amperes = current();
      if (amperes === undefined) return onOff(value);
      return deviceSettingsWords.amperes(signed(value === now ? amperes : 0 - amperes, 1));
    },
  };
}

function takenOutField(devices: readonly DeviceEntry[], index: number, fixed: string): Field {
  const name = 'removed';
  const isLast = devices.every((device, i) => isTakenOut(device) === (i !== index));
  const isOut = (values: FieldValues): boolean => values[name] === true || values[name] === 'true';
  return {
    kind: 'switch',
    name,
    label: deviceSettingsWords.takenOut,
    note: deviceSettingsWords.takenOutNote,
    restarts: true,
    fixed: fixed === '' && isLast ? deviceSettingsWords.onlyOne : fixed,
    applies: () => true,
    read: isOut,
    write: (values, value) => (value === true ? { ...values, [name]: true } : without(values, name)),
    format: onOff,
  };
}

const onOff = (value: FieldValue): string =>
  value === true ? deviceSettingsWords.on : deviceSettingsWords.off;
