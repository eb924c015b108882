import type { Field, FieldValue, FieldValues } from '../screens/config/field';

/** The night that is set when it is switched on. */
const usualNight = '22:00-06:00';
const minutesPerStop = 15;
const stops = Array.from({ length: (24 * 60) / minutesPerStop }, (_, i) => i * minutesPerStop);

/**
 * The hours of the night as three fields: whether there are any, when they begin, when they end. The setting itself is one
 * text, `off` or such as `21:00-06:30`.
 */
export function hourFields(
  shared: Pick<Field, 'name' | 'label' | 'note' | 'restarts' | 'fixed' | 'write'>,
): Field[] {
  const { name, write } = shared;
  const hours = (values: FieldValues): string => String(values[name] ?? 'off');
  const on = (values: FieldValues): boolean => hours(values) !== 'off';
  const time = (edge: 0 | 1) => ({
    ...shared,
    kind: 'slider' as const,
    stops,
    note: '',
    applies: on,
    read: (values: FieldValues) => minutesOf(hours(values).split('-')[edge] ?? ''),
    write: (values: FieldValues, value: FieldValue) => {
      if (typeof value !== 'number' || !on(values)) return undefined;
      const edges = hours(values).split('-');
      edges[edge] = timeOf(value);
      return write(values, edges.join('-'));
    },
    format: (value: FieldValue) => (typeof value === 'number' && value >= 0 ? timeOf(value) : 'off'),
  });
  return [
    {
      ...shared,
      kind: 'switch',
      applies: () => true,
      read: on,
      write: (values, value) =>
        value === on(values) ? values : write(values, value === true ? usualNight : 'off'),
      format: (value) => (value === true ? 'On' : 'Off'),
    },
    { ...time(0), name: `${name} begin`, label: 'Begins' },
    { ...time(1), name: `${name} end`, label: 'Ends' },
  ];
}

/** Minutes of the day of `HH:MM`; -1 for anything else. */
function minutesOf(time: string): number {
  const found = /^(\d\d):(\d\d)$/.exec(time);
  return found === null ? -1 : Number(found[1]) * 60 + Number(found[2]);
}

function timeOf(minutes: number): string {
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}
