import type { Field, FieldValues } from '../screens/config/field';
import type { SettingsPart } from '../screens/config/settings-parts';
import { vncWanted } from '../settings/remote-settings';
import { indexWords } from '../words/en/settings-index';

type State = (values: FieldValues, fields: readonly Field[]) => string;

const text = (values: FieldValues, name: string): string => String(values[name] ?? '');

/** How each part of the display's own settings is set, in a word or two. A part that is not here has none of its own. */
export const partStates: Readonly<Partial<Record<SettingsPart, State>>> = {
  alarms: (values, fields) =>
    indexWords.limits(
      fields.filter(({ name }) => values[name] !== 'off' && values[name] !== undefined).length,
    ),
  screen: ({ brightness }) => indexWords.brightness(Number(brightness)),
  night: (values) => {
    const [begin = '', end] = text(values, 'night').split('-');
    return end === undefined ? indexWords.off : indexWords.hours(begin, end);
  },
  logs: ({ log, history }) => {
    if (log === true) return history === true ? indexWords.logs.both : indexWords.logs.log;
    return history === true ? indexWords.logs.history : indexWords.off;
  },
  mqtt: (values) => indexWords.mqtt[text(values, 'mqtt')] ?? '',
  remote: (values) => {
    const passwords = {
      remotePassword: text(values, 'remotePassword'),
      remoteViewPassword: text(values, 'remoteViewPassword'),
    };
    const vnc = vncWanted({ ...passwords, vnc: values['vnc'] === true });
    if (values['web'] === 'off') return vnc ? indexWords.remote.vnc : indexWords.off;
    return vnc ? indexWords.remote.both : indexWords.remote.browser;
  },
};
