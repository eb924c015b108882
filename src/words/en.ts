import type { AlarmReport, AlarmReports } from '../model/alarm-reports';
import type { BrokerFilesReport } from '../model/broker-files-reports';
import type { BrokerTrouble } from '../model/broker-reports';
import type { ControllerWarning, ItemProblem, SaveReason, SaveStep } from '../model/controller/save-reports';
import type { LinkReport } from '../model/link-reports';
import type { Reported, SourceReports } from '../model/source-status';
import type { Units } from '../model/temperature';
import type { NothingFound, UpdateOutcome, UpdateStep } from '../model/update-steps';
import type { VncReport, VncReports } from '../model/vnc-reports';
import type { ActionView } from '../model/action-view';
import type { DatabaseCounts, DatabaseReport } from '../model/database-reports';
import type { CopyTrouble } from '../model/stick-reports';
import { actionPhrases } from './en/actions';
import { copyTroublePhrases } from './en/sticks';
import { nothingFound, updateOutcomes, updatePhrases } from './en/updates';
import { phrase, type Phrases } from './phrases';
import { clause } from './sentences';
import type {
  DiskTrouble,
  HistoryEvent,
  HistoryReport,
  KeptTextReport,
  LogReport,
  NoticeReport,
  NoticeReports,
} from '../model/recorder-reports';
import { noticePhrases, type NoticeWords } from './en/notices';
import { diskPhrases, historyEventPhrases, historyPhrases, logPhrases } from './en/recorders';
import { alarmAdvice, alarmPhrases, shortAlarms } from './en/alarms';
import { brokerFilesPhrases } from './en/broker-files';
import { brokerNotes, brokerPhrases } from './en/broker';
import { canNotes, canPhrases } from './en/can';
import { controllerWarnings, itemPhrases, savePhrases, saveStepPhrases } from './en/controller';
import { deviceTrouble } from './en/device-troubles';
import { databaseCountsText, databasePhrases } from './en/databases';
import { keptTextPhrase, type KeptSubject } from './en/kept-texts';
import { linkPhrases } from './en/links';

/** How a source is: one sentence without a full stop. */
export function statusText({ report, nextTry }: Reported): string {
  const text = phrase(sourcePhrases, report);
  return nextTry === undefined ? text : `${text}: next try in ${nextTry} s`;
}

/** Letters that the status strip has room for. */
const longestNote = 10;

/** At most ten letters for the status strip while something is wrong; `undefined` when all is well. */
export function statusNote({ report }: Reported): string | undefined {
  if (report.code === 'device-trouble') return report.values.trouble.slice(0, longestNote);
  if (report.code !== 'several-devices') return notes[report.code];
  for (const { status } of report.values.devices) {
    const note = statusNote(status);
    if (note !== undefined) return note;
  }
  return undefined;
}

/** Why a link to a device was lost. */
export function linkText(report: LinkReport): string {
  return phrase(sourcePhrases, report);
}

/** Why broker files from a stick do not connect. */
export function brokerFilesText(trouble: BrokerTrouble): string {
  return `The new broker files do not connect: ${phrase(brokerPhrases, trouble)}`;
}

/** What became of a stick with the broker's files; empty where none of them is on it. */
export function stickFilesText(report: BrokerFilesReport): string {
  return phrase(brokerFilesPhrases, report);
}

/** How alarms are told. */
export interface AlarmWording {
  /** What temperatures are told in. */
  readonly units: Units;
  /** The device that it comes from, where there are several. */
  readonly device?: string | undefined;
  /** It is over, and there is nothing to be done. */
  readonly over?: boolean;
}

/**
 * One sentence with what an alarm is about, its value, the limit and what can be done at once, such as
 * `Cell 12 at 4.25 V, above 4.20 V: stop charging`, or `house: cell 12 at …`.
 *
 * @param past it is not known any more
 */
export function alarmText(report: AlarmReport, { units, device, over }: AlarmWording, past = false): string {
  const text = alarmPhrase(report, past, units) + (past || over === true ? '' : alarmAdvice(report));
  return device === undefined ? text.charAt(0).toUpperCase() + text.slice(1) : `${device}: ${text}`;
}

function alarmPhrase<Code extends keyof AlarmReports>(
  { code, values }: { readonly code: Code; readonly values: AlarmReports[Code] },
  past: boolean,
  units: Units,
): string {
  return alarmPhrases[code](values, past, units);
}

/** The same in two or three words, such as `Cell 12 high`. */
export function alarmShort(report: AlarmReport): string {
  return phrase(shortAlarms, report);
}

/** Why a disk does not take something, to follow «can't be written:». */
export function diskText(trouble: DiskTrouble): string {
  return phrase(diskPhrases, trouble);
}

/** What has gone wrong with a small file in which something is kept. */
export function keptText(subject: KeptSubject, report: KeptTextReport): string {
  return keptTextPhrase(subject, report);
}

/** How the log is kept: one sentence with its full stop. */
export function logText(report: LogReport): string {
  return phrase(logPhrases, report);
}

/** How the history is written. */
export function historyText(report: HistoryReport): string {
  return phrase(historyPhrases, report);
}

/** What has happened to the history. */
export function historyEventText(event: HistoryEvent): string {
  return phrase(historyEventPhrases, event);
}

/** How a database is. */
export function databaseText(report: DatabaseReport): string {
  return phrase(databasePhrases, report);
}

/** What is added to that while rows are not in the database; empty where all of them are. */
export function databaseWaitingText(counts: DatabaseCounts): string {
  return databaseCountsText(counts);
}

/** What the owner should know about packdial itself, for the main screen and for the settings. */
export function noticeWords(report: NoticeReport): NoticeWords {
  return noticePhrase(report);
}

function noticePhrase<Code extends keyof NoticeReports>({
  code,
  values,
}: {
  readonly code: Code;
  readonly values: NoticeReports[Code];
}): NoticeWords {
  return noticePhrases[code](values);
}

/** Why a log was not copied to a stick, or a stick can't be used: one sentence with its full stop. */
export function copyText(trouble: CopyTrouble): string {
  return phrase(copyTroublePhrases, trouble);
}

/** How that goes which a touch has started; empty where nothing was. */
export function actionText({ report }: Pick<ActionView, 'report'>): string {
  return report === undefined ? '' : phrase(actionPhrases, report);
}

/** Why a value must not be sent to a controller: one sentence with its full stop. */
export function itemProblemText(problem: ItemProblem): string {
  return phrase(itemPhrases, problem);
}

/** Why an item was not saved at a controller: a few words, or a sentence with its full stop. */
export function saveReasonText(reason: SaveReason): string {
  return phrase(savePhrases, reason);
}

/** What a SAVE is doing, or what came of it. */
export function saveStepText(step: SaveStep): string {
  return phrase(saveStepPhrases, step);
}

/** What the owner should know about a controller: with the full stop. */
export function controllerWarningText(warning: ControllerWarning): string {
  return phrase(controllerWarnings, warning);
}

/** How viewers can come in. */
export function vncText(report: VncReport): string {
  return phrase(vncPhrases, report);
}

/** What an update is doing. */
export function updateText(step: UpdateStep): string {
  return phrase(updatePhrases, step);
}

/** How an update ended. */
export function updateOutcomeText(outcome: UpdateOutcome): string {
  return phrase(updateOutcomes, outcome);
}

/** Where a release was looked for, and none was found. */
export function nothingFoundText(found: NothingFound): string {
  return nothingFound(found);
}

const vncPhrases: Phrases<VncReports> = {
  'vnc-listening': ({ port }) => `VNC viewers can come in on port ${port}`,
  'vnc-failed': ({ port, reason }) => `VNC can't listen on port ${port}: ${reason}`,
};

const sourcePhrases: Phrases<SourceReports> = {
  ...canPhrases,
  ...linkPhrases,
  ...brokerPhrases,
  starting: () => 'Starting',
  stopped: ({ reason }) => clause(reason),
  'no-device': () => 'No device is set up',
  'several-devices': ({ devices }) => {
    const waiting = new Map<string, string[]>();
    for (const { name, status } of devices) {
      if (status.state === 'up') continue;
      const text = statusText(status);
      waiting.set(text, [...(waiting.get(text) ?? []), name]);
    }
    if (waiting.size === 0) return `Receiving ${devices.length} devices`;
    // What keeps all of them away is said once.
    return [...waiting].map(([text, names]) => `${names.join(', ')}: ${text}`).join('; ');
  },
  simulating: ({ modules, speed }) =>
    `Simulated pack of ${modules} module${modules === 1 ? '' : 's'}${speed === 1 ? '' : `, ${speed} times as fast`}`,
  replaying: ({ file, speed, bus, others }) => {
    const pace = speed === Infinity ? ' as fast as it goes' : speed === 1 ? '' : `, ${speed} times as fast`;
    const buses = bus === undefined ? '' : `; ${bus} only, --interface plays another: ${others}`;
    return `Playing ${file}${pace}${buses}`;
  },
  replayed: ({ file, frames }) => `End of ${file}: ${frames} frames played`,
  'udp-listening': ({ port, broadcastsOnly, kept, other }) =>
    `Listening on UDP port ${port}${other === undefined ? '' : `, to ${kept} only: ${other} sends the same messages, give it a port of its own`}${broadcastsOnly ? ', to broadcasts only: another program, such as the display, uses it and keeps what is sent to this machine alone' : ''}`,
  'udp-port-taken': ({ port }) => `UDP port ${port} is taken by another program`,
  'udp-port-forbidden': ({ port }) => `UDP port ${port} needs more rights: ports below 1024 are the system's`,
  'udp-address-gone': ({ address }) => `This machine has no address ${address} now`,
  'udp-address-unknown': ({ address }) => `There is no address ${address}`,
  'udp-failed': ({ port, reason }) => `UDP port ${port} failed (${reason})`,
  'slcan-listening': ({ device, bitRate }) => `Listening on ${device} at ${bitRate} bit/s`,
  'slcan-refused': ({ device, bitRate }) =>
    `The adapter at ${device} refuses to open its channel at ${bitRate} bit/s`,
  'slcan-no-answer': ({ device }) => `The adapter at ${device} does not answer`,
  'slcan-other-device': ({ device }) => `What is at ${device} is not an slcan adapter`,
  'device-waiting': ({ name, place }) => `Waiting for ${name} at ${place} to answer`,
  'device-reading': ({ name, place }) => `Reading ${name} at ${place}`,
  'device-ended': ({ place }) => `The conversation at ${place} has ended`,
  'device-failed': ({ place, reason }) => `Reading ${place} failed (${reason})`,
  'device-trouble': ({ place, trouble, values }) => deviceTrouble(trouble, place, values),
};

const notes: Partial<Record<keyof SourceReports, string>> = {
  ...canNotes,
  ...brokerNotes,
  stopped: 'stopped',
};
