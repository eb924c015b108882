import type { HistoryReader } from '../../model/history/history-reader';
import { startOf, type Tier, type TierName } from '../../model/history/tiers';
import type { ExportSlice } from '../../protocol/history-export';
import type { PastDevice } from './web-parts';

/** Windows that are read at once: of 260 columns 4 MB. */
const sliceWindows = 1800;

/** What of the past is wanted. */
export interface WantedPast {
  readonly devices: readonly PastDevice[];
  /** ms since 1970. */
  readonly from: number;
  readonly to: number;
  readonly tier: Tier & { readonly name: TierName };
}

/** What one device has in a range. */
export interface PastSource {
  readonly device: PastDevice;
  /** Its columns among those of the file. */
  readonly columns: readonly { readonly place: number; readonly quantity: string }[];
}

/** The columns of a file: every quantity of which anything is known in its range, in the order of the table. */
export async function sourcesOf(
  reader: HistoryReader,
  { devices, from, to }: WantedPast,
): Promise<{ readonly columns: readonly string[]; readonly sources: readonly PastSource[] }> {
  const columns: string[] = [];
  const sources: PastSource[] = [];
  for (const device of devices) {
    const own = [];
    for (const quantity of device.quantities) {
      const any = await reader.query({ device: device.kept, quantity, from, to, points: 1 });
      if (any.length === 0) continue;
      let place = columns.indexOf(quantity);
      if (place < 0) place = columns.push(quantity) - 1;
      own.push({ place, quantity });
    }
    sources.push({ device, columns: own });
  }
  return { columns, sources };
}

/** Reads the range a slice at a time, when the next one is taken. @param width columns of the file */
export async function* slicesOf(
  reader: HistoryReader,
  { from, to, tier }: WantedPast,
  sources: readonly PastSource[],
  width: number,
): AsyncGenerator<ExportSlice, void> {
  const { window } = tier;
  const length = sliceWindows * window;
  for (let start = startOf(from, window); start < to; start += length) {
    const end = Math.min(start + length, startOf(to + window - 1, window));
    const count = (end - start) / window;
    const devices = [];
    for (const { device, columns } of sources) {
      const values = Array.from({ length: width }, (): Float64Array<ArrayBuffer> | undefined => undefined);
      for (const { place, quantity } of columns) {
        const query = { device: device.kept, quantity, from: start, to: end, points: count, tier: tier.name };
        const column = new Float64Array(count).fill(NaN);
        for (const { start: at, mean } of await reader.query(query))
          column[Math.floor((at - start) / window)] = mean;
        values[place] = column;
      }
      devices.push({ device: device.name, values });
    }
    yield { start, window, count, devices };
  }
}
