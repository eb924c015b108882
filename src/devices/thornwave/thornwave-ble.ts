import { meterRoles } from '../../model/meter-role';
import type { DeviceContext, DeviceType, GattLink, ReadingSink } from '../device-type';
import { pollWhileAnswered } from '../poll-grid';
import { addressSetting, askedSetting, everySetting, signSetting } from '../shared-settings';
import { whileOpen } from '../until-closed';
import { meterLayouts } from './payload';
import { layoutOf, MeterPieces } from './pieces';
import { normalInterval, readInterval, tellRead } from './reading';
import { thornwaveBleSimulation } from './thornwave-ble-simulation';

/** A Thornwave PowerMon shunt meter, which is read over Bluetooth; old and new firmware. */
export const thornwaveBle: DeviceType<GattLink> = {
  type: 'thornwave-ble',
  kind: 'meter',
  link: 'gatt',
  settings: {
    address: addressSetting,
    role: askedSetting(meterRoles, 'what the meter measures'),
    invert: signSetting('turns the sign of current, power, charge and energy round'),
    every: everySetting(normalInterval),
  },
  converse,
  listen: (context, sink) => {
    const pieces = new Map(
      meterLayouts.map((layout) => [
        layout,
        new MeterPieces(layout, (length) => sink.rejected('short answer', `${length} bytes`)),
      ]),
    );
    return ({ at, bytes, characteristic }) => {
      if (bytes === undefined) return;
      const layout = layoutOf(characteristic, bytes.length);
      const read = layout && pieces.get(layout)?.push(bytes, at);
      if (read !== undefined) tellRead(read.bytes, read.layout, at, context, sink);
    };
  },
  recognises: ({ services }) =>
    services.some((service) => meterLayouts.some((layout) => layout.service === service.toLowerCase())),
  simulation: thornwaveBleSimulation,
};

/** Reads a meter on a grid. Returns when the link is lost, the signal is aborted, or three reads in a row failed. */
async function converse(
  link: GattLink,
  context: DeviceContext,
  signal: AbortSignal,
  sink: ReadingSink,
): Promise<void> {
  const { clock } = context;
  const services = link.services.map((service) => service.toLowerCase());
  const layout = meterLayouts.find(({ service }) => services.includes(service));
  if (layout === undefined) {
    sink.trouble({ code: 'not-thornwave', values: {} });
    return;
  }
  const end = whileOpen(link, signal);
  await pollWhileAnswered(readInterval(context), clock, end, sink, async () => {
    const bytes = await withinAnswerTime(link.read(layout.characteristic), context, end);
    if (bytes === undefined || end.aborted) return false;
    tellRead(bytes, layout, clock.monotonic(), context, sink);
    return true;
  });
}

const answerTime = 5000;

/** What a read gives; `undefined` when it fails, takes more than 5 s or the signal is aborted. */
async function withinAnswerTime(
  read: Promise<Uint8Array>,
  { clock }: DeviceContext,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const done = new AbortController();
  try {
    return await Promise.race([
      read,
      clock.sleep(answerTime, AbortSignal.any([signal, done.signal])).then(() => undefined),
    ]);
  } catch {
    // A link that is lost says so by being closed.
    return undefined;
  } finally {
    done.abort();
  }
}
