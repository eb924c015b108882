import * as v from 'valibot';
import { limitField } from './limit-field';
import { temperatureText, type Units } from '../model/temperature';
import { hourFields } from './night-fields';
import { partStates } from './part-states';
import {
  valueIn,
  type Field,
  type FieldPage,
  type FieldValue,
  type FieldValues,
  type Parsed,
} from '../screens/config/field';
import type { SettingsPart } from '../screens/config/settings-parts';
import { kindOf } from '../settings/settings-kinds';
import { settings, type Setting, type SettingName } from '../settings/settings';
import type { SettingForm } from '../settings/setting-form';

/** Titles of the pages and the parts of the settings that they belong to, in their order. */
const pageTitles: Readonly<
  Record<SettingForm['page'], { readonly title: string; readonly part: SettingsPart }>
> = {
  source: { title: 'Battery data', part: 'battery' },
  battery: { title: 'Dial and signs', part: 'battery' },
  alarms: { title: 'Alarms', part: 'alarms' },
  screen: { title: 'Screen', part: 'screen' },
  lock: { title: 'Lock', part: 'screen' },
  night: { title: 'Night', part: 'night' },
  keeping: { title: 'Logs', part: 'logs' },
  databases: { title: 'Database rows', part: 'databases' },
  mqtt: { title: 'MQTT broker', part: 'mqtt' },
  remote: { title: 'Remote', part: 'remote' },
};

/** What the pages have to know beside the schema. */
export interface FieldOptions {
  /** Why a setting can't be changed on the screen, such as `set by --port`; empty when it can. */
  readonly fixed: (name: SettingName) => string;
  /** False for what does nothing on this machine. */
  readonly useful: (name: SettingName) => boolean;
  /** What temperatures are shown in. Default: °C. */
  readonly units?: () => Units;
}

/** The pages of the display's own settings, made from the schema that flags, environment and file come from. */
export function settingPages(options: FieldOptions): FieldPage[] {
  const names = (Object.keys(settings) as SettingName[]).filter(options.useful);
  const pages = (Object.keys(pageTitles) as SettingForm['page'][]).map((page): FieldPage => {
    const fields = names.flatMap((name) => {
      const { form }: Setting = settings[name];
      return form?.page === page ? fieldsOf(name, form, options) : [];
    });
    const place = pageTitles[page];
    return { ...place, fields, state: (values) => partStates[place.part]?.(values, fields) ?? '' };
  });
  return pages.filter(({ fields }) => fields.length > 0);
}

function fieldsOf(name: SettingName, form: SettingForm, options: FieldOptions): Field[] {
  const { schema, accepts, secret = false }: Setting = settings[name];
  const { label, unit = '', factor = 1, zero, names, stops, only } = form;
  const format = (value: FieldValue): string => {
    if (typeof value === 'boolean') return value ? 'On' : 'Off';
    if (typeof value === 'string') return names?.[value] ?? (value === '' ? 'nothing' : value);
    if (value === 0 && zero !== undefined) return zero;
    if (unit === '°C') return temperatureText(value, options.units?.() ?? 'celsius');
    const number = String(Math.round(value * factor * 1000) / 1000);
    return unit === '°' || unit === '' ? number + unit : `${number} ${unit}`;
  };
  const shared = {
    name,
    label,
    note: form.note ?? '',
    restarts: form.effect === 'restart',
    fixed: options.fixed(name),
    applies: (values: FieldValues) =>
      (only === undefined || only.includes(String(values['source']))) &&
      form.applies?.(values) !== false &&
      (name !== 'nightBrightness' || values['night'] !== 'off'),
    read: (values: FieldValues) => valueIn(values, name),
    write: (values: FieldValues, value: FieldValue) =>
      v.safeParse(schema, value).success ? { ...values, [name]: value } : undefined,
    format,
  };
  if (name === 'night') return hourFields(shared);
  const parse = (text: string): Parsed => {
    const parsed = v.safeParse(schema, text.trim());
    return parsed.success ? { value: parsed.output as FieldValue } : { problem: `It must be ${accepts}.` };
  };
  const known = kindOf(schema);
  switch (known.kind) {
    case 'switch':
      return [{ ...shared, kind: 'switch' }];
    case 'choice': {
      const values = known.options
        .filter((option) => names === undefined || String(option) in names)
        .map((option) => v.parse(schema, option) as FieldValue);
      // Too many to stand side by side.
      if (values.length > 5) {
        return [{ ...shared, kind: 'slider', stops: values.filter((value) => typeof value === 'number') }];
      }
      return [
        {
          ...shared,
          kind: 'choice',
          options: values.map((value) => ({ value, label: format(value) })),
        },
      ];
    }
    case 'number': {
      const { least, most } = known;
      if (known.canBeOff) return [limitField(shared, form, known, parse)];
      if (stops === undefined) {
        const note = `${least} to ${most}`;
        return [{ ...shared, kind: 'text', note, keyboard: 'digits', secret: false, parse }];
      }
      const within = stops.filter((stop) => stop >= least && stop <= most);
      return [{ ...shared, kind: 'slider', stops: within }];
    }
    case 'text':
      return [{ ...shared, kind: 'text', keyboard: form.keyboard ?? 'letters', secret, parse }];
  }
}
