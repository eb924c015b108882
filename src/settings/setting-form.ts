/** How the settings screens offer a setting: what the schema does not know. Kind, limits and choices come from there. */
export interface SettingForm {
  /** The page that it stands on. */
  readonly page:
    | 'source'
    | 'mqtt'
    | 'battery'
    | 'alarms'
    | 'screen'
    | 'night'
    | 'keeping'
    | 'databases'
    | 'remote'
    | 'lock';
  /** A few words. */
  readonly label: string;
  /** What a text is typed with. Default: letters. */
  readonly keyboard?: 'digits';
  /** A few words more, where the label does not say enough. */
  readonly note?: string;
  /** Whether it holds as soon as it is saved, or from the next start of packdial, which saving brings about. */
  readonly effect: 'now' | 'restart';
  readonly unit?: string;
  /** What a number is multiplied with to be shown in that unit. */
  readonly factor?: number;
  /** What is shown instead of a zero. */
  readonly zero?: string;
  /** Numbers that a slider stops at, rising; a number without is typed in. */
  readonly stops?: readonly number[];
  /** Which end of the slider is «Off», of a limit that can be: the one that is farthest from an alarm. */
  readonly off?: 'least' | 'most';
  /** What choices are called; those that are not named are not offered. */
  readonly names?: Readonly<Record<string, string>>;
  /** The sources with which it does anything. */
  readonly only?: readonly string[];
  /** False for other values with which it does nothing. Default: always true. */
  readonly applies?: (values: Readonly<Record<string, unknown>>) => boolean;
}

/** Numbers at equal distances: `every(5, 5, 100)` is 5, 10, … 100. */
export function every(step: number, least: number, most: number): number[] {
  return Array.from({ length: Math.floor((most - least) / step) + 1 }, (_, i) => least + i * step);
}
