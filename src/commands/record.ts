import { evtvLength } from '../devices/evtv/messages';
import { once } from 'node:events';
import { systemClock } from '../base/clock';
import { writingFailureWords } from '../base/failure-words';
import { FrameIntake } from '../io/sources/frame-intake';
import type { Log } from '../logging/log';
import type { CanFrame } from '../protocol/can-frame';
import { formatCandumpLine } from '../protocol/candump';
import { settings as settingsTable, type Settings } from '../settings/settings';
import { statusText } from '../words/en';
import { openRecording } from './open-recording';
import { replayedBus } from '../features/hearing/frame-sources';
import { createSource, frameDecoder } from '../features/hearing/sources';
import { UserError } from '../base/user-error';
import { TimedWriting } from './timed-writing';
import { untilSignal } from './until-signal';

const largestId = 0x1fffffff;
const timeUnknown =
  'This machine does not know the time of day; the times in the log count from its beginning';

/**
 * Writes every frame that is heard as a line of candump's log format until a signal or the end of a replay. Frames of UDP
 * are written as heard on the CAN interface of the settings, so that can-utils can play them.
 *
 * @throws UserError when the file can't be written
 */
export async function record(
  settings: Settings,
  flags: Readonly<Record<string, unknown>>,
  log: Log,
): Promise<number> {
  const file = typeof flags['out'] === 'string' ? flags['out'] : undefined;
  if (flags['devices'] !== undefined) {
    const { recordDevice } = await import('./record-device');
    return recordDevice(settings, { file, withAddress: flags['withAddress'] === true }, log);
  }
  const out = file === undefined ? process.stdout : await openRecording(file);
  let failure: Error | undefined;
  let fail: (error: Error) => void = () => undefined;
  out.on('error', (error: Error) => {
    failure ??= error;
    fail(error);
  });
  const bus = replayedBus(settings) ?? settingsTable.interface.fallback;
  const lines = new TimedWriting<CanFrame>((frame, time, passed) => {
    const seconds = (time?.getTime() ?? passed) / 1000;
    out.write(`${formatCandumpLine({ time: seconds, interface: bus, frame }, evtvLength)}\n`);
  });
  let written = 0;
  let left = 0;
  const intake = new FrameIntake(systemClock, frameDecoder(settings), {
    reading: () => undefined,
    frame: (frame) => {
      // No CAN frame has such an id; candump's format would take it for an error of the bus.
      if (frame.id > largestId) {
        left++;
        return;
      }
      written++;
      lines.add(frame);
    },
    status: (status) => log.info(statusText(status)),
  });
  await log.open();
  const source = await createSource(settings, 'all', true);
  await untilSignal(async (signal) => {
    const broken = new Promise<void>((resolve) => {
      fail = () => resolve();
    });
    const stop = new AbortController();
    const running = source.run(AbortSignal.any([signal, stop.signal]), intake);
    await Promise.race([running, broken]);
    stop.abort();
    await running;
  });
  if (!lines.end()) log.warn(timeUnknown);
  if (failure === undefined && file !== undefined) {
    out.end();
    await once(out, 'finish');
  }
  if (failure !== undefined && (failure as NodeJS.ErrnoException).code !== 'EPIPE') {
    throw new UserError(
      `The log ${file ?? 'on standard output'} can't be written: ${writingFailureWords(failure)}.`,
    );
  }
  log.info(
    `${written} frames recorded${left === 0 ? '' : `, ${left} left out: their ids have more than 29 bits`}`,
  );
  return 0;
}
