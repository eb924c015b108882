import { evtvIds } from '../devices/evtv/messages';
import { HeardLog } from '../features/hearing/heard-log';
import { machineClock } from '../io/clock/machine-clock';
import { FrameIntake } from '../io/sources/frame-intake';
import { checkBeginning } from '../io/sources/unreadable-log';
import type { Log } from '../logging/log';
import { Site } from '../model/site';
import { completeStatus } from '../protocol/complete-status';
import type { Settings } from '../settings/settings';
import { statusOrigin } from '../settings/status-origin';
import { replayFile } from '../features/hearing/frame-sources';
import { createSource, frameDecoder } from '../features/hearing/sources';
import { captureHeader } from '../io/links/capture-file';
import { LiveBlock } from './live-block';
import { formatLive } from './live-text';
import { statusText } from '../words/en';
import { untilSignal } from './until-signal';
import { timestamped } from './timestamped';

const lookInterval = 500;

/**
 * Prints what is received until a signal or the end of a replay: for people once a second, or with `--json` one CompleteStatus
 * object a line whenever a value changed, came or was lost. Devices of the settings, and captures, are told as devices.
 */
export async function decode(
  settings: Settings,
  flags: Readonly<Record<string, unknown>>,
  log: Log,
): Promise<number> {
  const clock = machineClock();
  const json = flags['json'] === true;
  if (settings.source === 'replay' && settings.mqtt !== 'receiver') {
    const file = replayFile(settings);
    const header = await captureHeader(file);
    if (header !== undefined) {
      const { decodeCapture } = await import('./decode-capture');
      return decodeCapture(header, { file, json, speed: settings.speed }, log);
    }
    checkBeginning(file);
  } else if (settings.devices.length > 0 && flags['source'] === undefined) {
    const { decodeDevices } = await import('./decode-devices');
    return decodeDevices(settings, json, log);
  }
  const block = new LiveBlock();
  const { battery } = new Site().battery('battery');
  const heard = new HeardLog(log, clock);
  const origin = statusOrigin(settings);
  let printed = '';
  let pending: NodeJS.Immediate | undefined;
  const printJson = (): void => {
    pending = undefined;
    // A reader that can't keep up gets the latest values later, not all values ever.
    if (process.stdout.writableNeedDrain) return;
    const wall = clock.wall();
    const status = completeStatus(battery, origin, clock.monotonic(), wall);
    const compared = JSON.stringify({ ...status, timestamp: null, age: null });
    if (compared === printed) return;
    printed = compared;
    process.stdout.write(`${JSON.stringify(timestamped(status, wall))}\n`);
  };
  let state = 'Starting';
  const intake = new FrameIntake(clock, frameDecoder(settings), {
    reading: (reading) => {
      const before = battery.changes;
      battery.apply(reading);
      if (json && battery.changes !== before) pending ??= setImmediate(printJson);
    },
    rejected: (cause, detail) => heard.rejected(cause, detail),
    status: (status) => {
      state = statusText(status);
      if (json) log.info(state);
    },
  });
  const printText = (): void => {
    block.print(formatLive(battery, state, intake.counters, clock.monotonic()));
  };
  const timer = setInterval(json ? printJsonIfHeard : printText, json ? lookInterval : 1000);
  function printJsonIfHeard(): void {
    // What was lost since has become unknown, which is a change too.
    if (printed !== '') printJson();
  }
  await log.open();
  const source =
    settings.mqtt === 'receiver'
      ? (await import('../features/mqtt/mqtt-exchange')).receiveOnly(settings, clock, undefined)
      : await createSource(settings, evtvIds, true);
  try {
    await untilSignal((signal) => source.run(signal, intake));
  } finally {
    clearInterval(timer);
  }
  if (pending !== undefined) {
    clearImmediate(pending);
    printJson();
  }
  if (!json) printText();
  return 0;
}
