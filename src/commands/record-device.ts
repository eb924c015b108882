import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { writingFailureWords } from '../base/failure-words';
import { UserError } from '../base/user-error';
import { systemClock } from '../base/clock';
import { parseDevices } from '../devices/parse-device';
import { createDeviceSource, linkedDevices } from '../features/hearing/device-sources';
import { recordLink, Tape } from '../io/links/record-link';
import type { Log } from '../logging/log';
import { formatCaptureHeader } from '../protocol/capture';
import type { Settings } from '../settings/settings';
import { linkText, statusText } from '../words/en';
import { openRecording } from './open-recording';
import { TimedWriting } from './timed-writing';
import { untilSignal } from './until-signal';

/** Where a capture goes. */
export interface RecordOptions {
  /** Without it: standard output. */
  readonly file: string | undefined;
  /** Puts the device's address into it. */
  readonly withAddress: boolean;
}

/**
 * Reads one device as usual and writes all that passes its link into a capture until a signal. Passwords never go into it.
 * Resolves with the exit code.
 *
 * @throws UserError for more than one device, one that can't be read, and a file that can't be written
 */
export async function recordDevice(
  settings: Settings,
  { file, withAddress }: RecordOptions,
  log: Log,
): Promise<number> {
  const [device, ...others] = linkedDevices(await parseDevices(settings.devices));
  if (device === undefined || others.length > 0)
    throw new UserError('A capture is of one device; give --device once.');
  let pieces = 0;
  let write: (line: string) => void = () => undefined;
  const tape = new Tape((line) => {
    pieces++;
    write(line);
  }, systemClock);
  const source = await createDeviceSource(device, settings, (link) => recordLink(link, tape, linkText));
  const out: Writable = file === undefined ? process.stdout : await openRecording(file);
  const broken = new AbortController();
  let failure: NodeJS.ErrnoException | undefined;
  out.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= error;
    broken.abort();
  });
  const { type, values } = device;
  const { address } = values;
  const recorded = Object.entries(values).filter(([name]) => type.settings[name]?.recorded === true);
  const header = (started: Date | undefined): string =>
    formatCaptureHeader({
      device: device.name,
      type: type.type,
      link: type.link,
      started,
      ...(withAddress && typeof address === 'string' && { address }),
      ...(recorded.length > 0 && { settings: Object.fromEntries(recorded) }),
    });
  // The header is the first of them: it waits until the time of day is known.
  const lines = new TimedWriting<string | undefined>((line, time) => {
    if (failure === undefined) out.write(`${line ?? header(time)}\n`);
  });
  lines.add(undefined);
  write = (line) => lines.add(line);
  await log.open();
  await untilSignal((signal) =>
    source.run(AbortSignal.any([signal, broken.signal]), {
      reading: () => undefined,
      rejected: (cause, detail) => log.debug(`Not used, ${cause}: ${detail ?? ''}`),
      status: (status) => log.info(statusText(status)),
    }),
  );
  if (!lines.end())
    log.warn('This machine does not know the time of day; the capture does not say when it was started');
  if (file !== undefined && failure === undefined) {
    out.end();
    await once(out, 'finish').catch(() => undefined);
  }
  if (failure !== undefined && failure.code !== 'EPIPE')
    throw new UserError(
      `The capture ${file ?? 'on standard output'} can't be written: ${writingFailureWords(failure)}.`,
    );
  log.info(`${pieces} lines recorded`);
  return 0;
}
