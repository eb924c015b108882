import { parseDevices } from '../devices/parse-device';
import { createDeviceSource, describedDevice, linkedDevices } from '../features/hearing/device-sources';
import { HeardLog } from '../features/hearing/heard-log';
import { machineClock } from '../io/clock/machine-clock';
import type { Log } from '../logging/log';
import type { Settings } from '../settings/settings';
import { statusText } from '../words/en';
import { DeviceView } from './device-view';
import { LiveBlock } from './live-block';
import { untilSignal } from './until-signal';

const lookInterval = 500;

/**
 * Prints what devices tell until a signal: one JSON object of a device a line whenever a value of it changed, or a block for
 * people once a second. Resolves with the exit code.
 *
 * @throws UserError for devices that can't be read
 */
export async function decodeDevices(settings: Settings, json: boolean, log: Log): Promise<number> {
  const clock = machineClock();
  const heard = new HeardLog(log, clock);
  const devices = linkedDevices(await parseDevices(settings.devices));
  const views = devices.map(({ name, type }) => new DeviceView(describedDevice(name, type)));
  const sources = await Promise.all(devices.map((device) => createDeviceSource(device, settings)));
  const block = new LiveBlock();
  const print = (): void => {
    const now = clock.monotonic();
    if (!json) {
      block.print(views.map((view) => view.text(now, clock.wall())).join('\n\n'));
      return;
    }
    for (const view of views) {
      // A reader that can't keep up gets the latest values later, not all values ever.
      if (process.stdout.writableNeedDrain) return;
      const line = view.changedLine(now, clock.wall());
      if (line !== undefined) process.stdout.write(line);
    }
  };
  await log.open();
  let pending: NodeJS.Immediate | undefined;
  const changed = (): void => {
    if (!json) return;
    pending ??= setImmediate(() => {
      pending = undefined;
      print();
    });
  };
  const timer = setInterval(print, json ? lookInterval : 1000);
  await untilSignal(async (signal) => {
    const runs = sources.map((source, i) => {
      const view = views[i];
      if (view === undefined) return Promise.resolve();
      const rejected = (cause: string, detail = ''): void =>
        heard.rejected(cause, `${view.device.name}: ${detail}`);
      return source.run(signal, {
        ...view.sink(rejected, changed),
        status: (status) => {
          view.status = statusText(status);
          if (json) log.info(view.status);
        },
      });
    });
    await Promise.all(runs);
  });
  clearInterval(timer);
  print();
  return 0;
}
