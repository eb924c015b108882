import { UserError } from '../../base/user-error';
import { messageOf } from '../../base/message-of';
import type { Outcome } from '../../desk/device-setup';
import type { ConfiguredDevice } from '../../devices/parse-device';
import type { Timers } from '../../io/timers';
import { Battery } from '../../model/battery';
import { Device } from '../../model/device';
import type { Kind, Reading } from '../../model/reading';
import type { SetupReport } from '../../model/setup-reports';
import type { SourceStatus } from '../../model/source-status';
import type { TriedReading } from '../../screens/config/devices/setup-view';

/** What reads the device for as long as the signal is not aborted. */
export type RunDevice = (
  signal: AbortSignal,
  sink: { reading(reading: Reading): void; status(status: SourceStatus): void },
) => Promise<void>;

/**
 * s after which a device that told nothing is given up: finding and connecting over Bluetooth takes most of it, and programs
 * publish as often as they like.
 */
const limits = { gatt: 60, mqtt: 60, other: 20 } as const;
/** ms after the first values in which the rest may come, such as the cells. */
const settling = 3000;

/**
 * Reads a device until it has told what matters, or something stands in its way. Ends the reading before it resolves, and never
 * rejects.
 *
 * @param tell what its source says meanwhile
 */
export async function tryDevice(
  device: Pick<ConfiguredDevice, 'name' | 'type' | 'values'>,
  run: RunDevice,
  signal: AbortSignal,
  tell: (report: SetupReport) => void,
  { timers, now }: { readonly timers: Timers; readonly now: () => number },
): Promise<Outcome<TriedReading>> {
  const { name, type } = device;
  const model = type.kind === 'battery' ? new Battery(name) : new Device(name, type.kind);
  const stop = new AbortController();
  const ends = AbortSignal.any([signal, stop.signal]);
  let outcome: Outcome<TriedReading> | undefined;
  const finish = (result: Outcome<TriedReading>): void => {
    outcome ??= result;
    stop.abort();
  };
  const seconds = type.link === 'gatt' || type.link === 'mqtt' ? limits[type.link] : limits.other;
  const place = placeOf(device);
  const cancelLimit = timers.after(seconds * 1000, () =>
    finish({ trouble: { code: 'setup-no-values', values: { place, seconds } } }),
  );
  let cancelSettling: (() => void) | undefined;
  const cells: number[] = [];
  const done = (): void => finish({ value: readingOf(model, type.kind, cells, now()) });
  const sink = {
    reading: (reading: Reading): void => {
      model.apply(reading);
      const { cells: told } = reading;
      told?.volts.forEach((volts, i) => {
        if (volts !== undefined) cells[told.first + i] = volts;
      });
      // A broker's messages may tell one cell at a time, and nobody knows how many there will be.
      const hasAllCells =
        told !== undefined && type.link !== 'mqtt' && Object.keys(cells).length >= told.total;
      const isKnown = mainValues[type.kind].some((each) => model.quantity(each, now()).value !== undefined);
      if (!isKnown) return;
      if (type.kind !== 'battery' || hasAllCells) done();
      else cancelSettling ??= timers.after(settling, done);
    },
    status: (status: SourceStatus): void => {
      if (ends.aborted) return;
      const { report } = status;
      if (isTrouble(status, type.link === 'frames')) finish({ trouble: report });
      else tell(report);
    },
  };
  try {
    await run(ends, sink);
  } catch (error) {
    const why = messageOf(error);
    finish({
      trouble:
        error instanceof UserError
          ? { code: 'setup-refused', values: { why } }
          : { code: 'setup-failed', values: { reason: why } },
    });
  } finally {
    cancelLimit();
    cancelSettling?.();
  }
  return outcome ?? { trouble: { code: 'link-closed', values: { place } } };
}

/** What a first reading shows of a device of a kind; the first of them that are known matter. */
const mainValues: Readonly<Record<Kind, readonly string[]>> = {
  battery: ['voltage', 'stateOfCharge', 'current'],
  'solar-charger': ['pvPower', 'chargePower', 'batteryVoltage'],
  meter: ['power', 'voltage', 'current'],
};

function readingOf(model: Device, kind: Kind, cells: readonly number[], now: number): TriedReading {
  const values = mainValues[kind].flatMap((name) => {
    const { value } = model.quantity(name, now);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { kind, values: Object.fromEntries(values), cells: Object.values(cells) };
}

/** The source would try again, or says what is wrong: whoever waits in front of the screen is told at once. */
function isTrouble({ state, report, nextTry }: SourceStatus, ofFrames: boolean): boolean {
  if (nextTry !== undefined || state === 'ended' || report.code === 'device-trouble') return true;
  return ofFrames && state === 'connecting' && report.code !== 'starting';
}

function placeOf({ name, values }: Pick<ConfiguredDevice, 'name' | 'values'>): string {
  const { address, host, interface: can, port, topic } = values;
  return String(
    address ?? host ?? can ?? topic ?? (typeof port === 'number' ? `UDP port ${port}` : (port ?? name)),
  );
}
