import type { Reported } from '../src/model/source-status';
import { statusNote, statusText } from '../src/words/en';

/** A status with its sentence and its note, as people read them. */
export type Worded<Status extends Reported> = Status & { readonly text: string; readonly note?: string };

/** Puts a status into words. */
export function worded<Status extends Reported>(status: Status): Worded<Status> {
  const note = statusNote(status);
  return { ...status, text: statusText(status), ...(note !== undefined && { note }) };
}
