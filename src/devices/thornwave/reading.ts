import type { Reading } from '../../model/reading';
import type { DeviceContext, ReadingSink } from '../device-type';
import { decodePayload, type MeterLayout, type MeterValues } from './payload';

/** Seconds between two reads. */
export const normalInterval = 30;

/** ms between two reads, by the settings. */
export function readInterval({ values }: Pick<DeviceContext, 'values'>): number {
  return Number(values['every'] ?? normalInterval) * 1000;
}

/** What changes its sign where the meter is wired the other way round. The peak is told without a direction. */
const directed = ['current', 'power', 'charge', 'energy'] as const satisfies (keyof MeterValues)[];

/** Gives a read made at `at`, monotonic ms, to the sink. */
export function tellRead(
  bytes: Uint8Array,
  layout: MeterLayout,
  at: number,
  context: DeviceContext,
  sink: ReadingSink,
): void {
  const payload = decodePayload(bytes, layout);
  if (payload === undefined) {
    sink.rejected('short answer', `${bytes.length} bytes of ${layout.leastLength}`);
    return;
  }
  for (const name of payload.unknown) sink.rejected('implausible', name);
  const values: Record<string, number> = { ...payload.values };
  if (context.values['invert'] === true) {
    // 0 - x, for there is no -0 A.
    for (const name of directed) if (values[name] !== undefined) values[name] = 0 - values[name];
  }
  const { clock } = payload;
  const reading: Reading = {
    device: context.name,
    at,
    group: 'meter',
    period: readInterval(context),
    values,
    texts: clock === undefined ? {} : { clock },
  };
  sink.reading(reading);
}
