import { isPlausible } from '../base/clock';
import type { Alarm } from '../model/alarms';
import type { Quantity } from '../model/freshness';
import { alarmShort, alarmText, type AlarmWording } from '../words/en';
import { receptionWords as words } from '../words/en/reception';
import { formatAge, formatMoment } from './format';
import type { DeviceView, SourceView, Surroundings } from './screen';

/** How the battery is heard, in a few words. */
export interface LinkNotice {
  readonly tone: 'live' | 'late' | 'silent';
  readonly text: string;
}

/** Why there is nothing to be seen; an empty title while there is. */
export interface DataNotice {
  readonly title: string;
  readonly detail: string;
}

/** What stands in the strip of alarms, and what reminds of acknowledged ones; empty where there is nothing. */
export interface AlarmNotice {
  readonly strip: string;
  readonly mark: string;
}

/** The devices, where there are several to be told apart; empty where one battery is all there is. */
export function severalDevices({ devices = [] }: Surroundings): readonly DeviceView[] {
  return devices.length > 1 ? devices : [];
}

/** The name of the battery or bank that is shown, with a separator behind it; empty where one battery is all there is. */
export function shownPrefix(around: Surroundings): string {
  const shown = severalDevices(around).find((device) => device.shown);
  return shown === undefined ? '' : `${shown.name} · `;
}

/** How many of several devices are received. */
function devicesNotice(views: readonly DeviceView[], { label, simulated = false }: SourceView): LinkNotice {
  const devices = views.filter(({ kind }) => kind !== 'bank');
  const live = devices.filter(({ freshness }) => freshness === 'fresh').length;
  const all = devices.every(({ freshness }) => freshness === 'lost');
  const tone = live === devices.length ? 'live' : all ? 'silent' : 'late';
  const of = devices.length;
  const text = simulated ? words.simulatedLive(label, live, of) : words.devicesLive(live, of);
  return { tone, text };
}

/**
 * @param age ms since anything was heard
 * @param current of the battery, by which it is told whether it speaks
 */
export function linkNotice(age: number, current: Quantity, around: Surroundings): LinkNotice {
  const { source } = around;
  const several = severalDevices(around);
  if (several.length > 0) return devicesNotice(several, source);
  if (current.value !== undefined && current.freshness === 'fresh') {
    // What comes in and what is wrong with the way it comes are two things.
    return source.note === undefined
      ? { tone: 'live', text: words.live(source.label) }
      : { tone: 'late', text: words.noted(source.label, source.note) };
  }
  if (current.value !== undefined)
    return { tone: 'late', text: words.old(source.label, formatAge(current.age)) };
  if (age < 10_000) return { tone: 'late', text: words.noCurrent(source.label) };
  const { label, note } = source;
  return { tone: 'silent', text: note === undefined ? words.noData(label) : words.noted(label, note) };
}

/** What is said when the battery has been silent for a while; the parameters are those of `linkNotice`. */
export function dataNotice(age: number, current: Quantity, around: Surroundings): DataNotice {
  const { now, wall, source } = around;
  if (current.value !== undefined || age < 10_000) return { title: '', detail: '' };
  if (!source.up || source.note !== undefined) return { title: source.text, detail: words.counted(source) };
  const detail = words.counted(source);
  const several = severalDevices(around).length > 0;
  if (age === Infinity) {
    const title = several ? words.waitingForDevices(source.label) : words.waiting(source.label);
    return { title, detail };
  }
  const moment = new Date(wall.getTime() - age);
  // What was heard before the machine knew the time has a time all the same: the age is not measured by that clock.
  const title = isPlausible(moment)
    ? words.silentSince(source.label, formatMoment(moment, wall))
    : words.silentFor(source.label, formatAge(Math.min(age, now)));
  return { title, detail };
}

/** The same for the main screen, which also has what packdial itself has to say, where the battery leaves room for it. */
export function mainNotice(age: number, current: Quantity, around: Surroundings): DataNotice {
  const { notice = '' } = around;
  // A bank of which a member is lost has no current, and yet it is received.
  const shown = severalDevices(around).find((device) => device.shown);
  if (shown !== undefined && shown.freshness !== 'lost' && notice === '') return { title: '', detail: '' };
  if (current.value !== undefined || age < 10_000 || (notice !== '' && age === Infinity))
    return { title: notice, detail: notice === '' ? '' : words.readMore };
  return dataNotice(age, current, around);
}

/** How the alarms of a device are told: where there are several devices, with its name. */
export function alarmWording(device: string, around: Surroundings): AlarmWording {
  const units = around.preferences?.units ?? 'celsius';
  return { units, device: severalDevices(around).length > 0 ? device : undefined };
}

/** The first is told in full; how many more there are is said behind it. */
export function alarmNotice(list: readonly Alarm[], wording: AlarmWording): AlarmNotice {
  const [first] = list;
  if (first === undefined) return { strip: '', mark: '' };
  const more = list.filter(({ acknowledged }) => !acknowledged).length - 1;
  if (!first.acknowledged) {
    const text = alarmText(first.report, wording, first.past);
    return { strip: more > 0 ? `${text} +${more}` : text, mark: '' };
  }
  return { strip: '', mark: list.length > 1 ? `${list.length} alarms` : alarmShort(first.report) };
}
