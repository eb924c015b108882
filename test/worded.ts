import type { AlarmReport } from '../src/model/alarm-reports';
import type { Reported } from '../src/model/source-status';
import type { Units } from '../src/model/temperature';
import { alarmText, statusNote, statusText } from '../src/words/en';

/** A status with its sentence and its note, as people read them. */
export type Worded<Status extends Reported> = Status & { readonly text: string; readonly note?: string };

/** Puts a status into words. */
export function worded<Status extends Reported>(status: Status): Worded<Status> {
  const note = statusNote(status);
  return { ...status, text: statusText(status), ...(note !== undefined && { note }) };
}

/** An alarm's sentence, in °C unless other units are given. */
export function alarmSentence(
  { report, past = false }: { readonly report: AlarmReport; readonly past?: boolean },
  units: Units = 'celsius',
): string {
  return alarmText(report, { units }, past);
}

/** An alarm that is told apart by its text. */
export function namedAlarm(text: string): AlarmReport {
  return { code: 'as-written', values: { text } };
}
