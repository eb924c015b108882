import { once } from 'node:events';
import * as path from 'node:path';
import { systemClock } from '../base/clock';
import { UserError } from '../base/user-error';
import { deviceTypes, loadDeviceType } from '../devices/all';
import type { DeviceType, DeviceValues } from '../devices/device-type';
import { checkedValue, defaultValues, ofItsKind } from '../devices/parse-device';
import { describedDevice } from '../features/hearing/device-sources';
import { HeardLog } from '../features/hearing/heard-log';
import { captureRecords } from '../io/links/capture-file';
import { playRecords } from '../io/links/capture-player';
import type { Log } from '../logging/log';
import type { CaptureHeader, CaptureRecord } from '../protocol/capture';
import { DeviceView } from './device-view';
import { LiveBlock } from './live-block';
import { untilSignal } from './until-signal';

/** How a capture is to be told. */
export interface CaptureOptions {
  readonly file: string;
  readonly json: boolean;
  /** How many times faster than it was; 0: as fast as possible. */
  readonly speed: number;
}

/** ms of the capture between two looks for values that were lost. */
const lookInterval = 500;
/** ms after which no type waits for the rest of a message. */
const silence = 60_000;
/** ms of silence after which all that ages is lost. */
const longestLook = 600_000;

/**
 * Prints what a capture says: one JSON object a line whenever a value changed, at the times of the capture, or a block for
 * people once a second. Resolves with the exit code at its end.
 *
 * @throws UserError for a type that there is not, or that has no captures
 */
export async function decodeCapture(
  header: CaptureHeader,
  { file, json, speed }: CaptureOptions,
  log: Log,
): Promise<number> {
  const { type, values } = await readWith(header, file);
  const view = new DeviceView(describedDevice(header.device, type));
  view.status = `Playing ${path.basename(file)}`;
  const heard = new HeardLog(log, systemClock);
  const rejected = (cause: string, detail: string | undefined): void => heard.rejected(cause, detail);
  let now = 0;
  const wall = (): Date => new Date((header.started?.getTime() ?? 0) + now);
  const sink = view.sink(rejected);
  const listen = type.listen(
    {
      name: header.device,
      values,
      clock: { monotonic: () => now, sleep: () => Promise.resolve() },
    },
    { ...sink, trouble: () => undefined },
  );
  await log.open();
  const block = new LiveBlock();
  const timer = json ? undefined : setInterval(() => block.print(view.text(now, wall())), 1000);
  await untilSignal(async (signal) => {
    const print = async (): Promise<void> => {
      const line = json ? view.changedLine(now, wall()) : undefined;
      // All of them: a reader that is slow is waited for.
      if (line !== undefined && !process.stdout.write(line))
        await once(process.stdout, 'drain', { signal }).catch(() => undefined);
    };
    const passUntil = async (at: number): Promise<void> => {
      const last = Math.min(at, now + longestLook);
      for (let look = now + lookInterval; look < last && !signal.aborted; look += lookInterval) {
        now = look;
        await print();
      }
      now = at;
    };
    const take = async (record: CaptureRecord): Promise<void> => {
      await passUntil(1000 * record.t);
      if (!('dir' in record) || record.dir !== 'rx') return;
      const { at, bytes, text, retained } = record;
      listen({
        at: now,
        ...(at !== undefined && { characteristic: at }),
        ...(bytes !== undefined && { bytes }),
        ...(text !== undefined && { text }),
        ...(retained !== undefined && { retained }),
      });
      await print();
    };
    await playRecords(captureRecords(file, sink.rejected), { speed }, signal, take);
    // No more will come: what may have been the beginning of a longer message is none.
    listen({ at: now + silence });
    await print();
  });
  clearInterval(timer);
  view.status = `End of ${path.basename(file)}`;
  if (!json) block.print(view.text(now, wall()));
  return 0;
}

/** What the capture is read with: what its device was set to, as far as that is in it, and is as it should be. */
async function readWith(
  header: CaptureHeader,
  file: string,
): Promise<{ readonly type: DeviceType; readonly values: DeviceValues }> {
  const type = await typeOf(header, file);
  const recorded = Object.entries(header.settings ?? {}).filter(([name, value]) => {
    const setting = type.settings[name];
    return setting?.recorded === true && 'value' in checkedValue(type.type, name, setting, value);
  });
  const values = { ...defaultValues(type), ...Object.fromEntries(recorded) };
  const problem = type.problem?.(values);
  if (problem !== undefined) throw new UserError(`${file} can't be played: ${problem}`);
  return { type: ofItsKind(type, values), values };
}

async function typeOf({ type: name }: CaptureHeader, file: string): Promise<DeviceType> {
  const type = await loadDeviceType(name);
  if (type !== undefined && type.link !== 'frames') return type;
  throw new UserError(
    `${file} is a capture of a ${JSON.stringify(name)}, which this packdial does not know; ` +
      `the types are ${Object.keys(deviceTypes).join(', ')}.`,
  );
}
