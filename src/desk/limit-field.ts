import {
  valueIn,
  type Field,
  type FieldValue,
  type FieldValues,
  type Parsed,
  type TextField,
} from '../screens/config/field';
import type { SettingForm } from '../settings/setting-form';

/**
 * A limit that can be off. With stops it is a slider, «Off» at the end that is farthest from an alarm; without it is typed,
 * and off when nothing stands there. The setting itself is a number or the word `off`.
 *
 * @param parse what is typed, as the schema takes it
 */
export function limitField(
  shared: Omit<TextField, 'kind' | 'keyboard' | 'secret' | 'parse'>,
  { stops, off = 'most', unit = '' }: SettingForm,
  { least, most }: { readonly least: number; readonly most: number },
  parse: (text: string) => Parsed,
): Field {
  const { name, write, format } = shared;
  const isOff = (values: FieldValues): boolean => values[name] === 'off';
  if (stops === undefined) {
    return {
      ...shared,
      kind: 'text',
      note: `${least} to ${most} ${unit}; empty is off`,
      keyboard: 'digits',
      secret: false,
      read: (values) => (isOff(values) ? '' : valueIn(values, name)),
      write: (values, value) => write(values, value === '' ? 'off' : value),
      format: (value) => (value === '' ? 'off' : format(value)),
      parse: (text) => (text.trim() === '' ? { value: '' } : parse(text)),
    };
  }
  // No number that the setting takes.
  const offStop = off === 'most' ? most + 1 : least - 1;
  const within = stops.filter((stop) => stop >= least && stop <= most);
  return {
    ...shared,
    kind: 'slider',
    stops: off === 'most' ? [...within, offStop] : [offStop, ...within],
    read: (values) => (isOff(values) ? offStop : valueIn(values, name)),
    write: (values, value: FieldValue) => write(values, value === offStop ? 'off' : value),
    format: (value) => (value === offStop ? 'Off' : format(value)),
  };
}
