import { ByteWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer';
import { keptDigits, type ExportSlice } from './history-export';

/**
 * A Parquet file of the past, a group of rows at a time: `time` (ms in UTC), `device`, and doubles for each quantity, null where
 * nothing is known. Compressed with Snappy, which every reader has.
 */
export class HistoryParquet {
  private readonly bytes = new ByteWriter(65_536);
  private readonly writer: ParquetWriter;

  /** @param columns quantities, in the order of the slices’ values @param program what writes the file, with its version */
  constructor(
    private readonly columns: readonly string[],
    program: string,
  ) {
    this.writer = new ParquetWriter({
      writer: this.bytes,
      createdBy: program,
      schema: [
        { name: 'packdial', num_children: 2 + columns.length },
        { name: 'time', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' },
        { name: 'device', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
        ...columns.map((name) => ({ name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }) as const),
      ],
    });
  }

  /** The next bytes of the file: a group with the slice’s rows by their time, without those of which nothing is known. */
  group({ start, window, count, devices }: ExportSlice): Uint8Array {
    const times: Date[] = [];
    const names: string[] = [];
    const values = this.columns.map((): (number | null)[] => []);
    for (let i = 0; i < count; i++)
      for (const { device, values: own } of devices) {
        if (!own.some((column) => Number.isFinite(column?.[i]))) continue;
        times.push(new Date(start + i * window));
        names.push(device);
        values.forEach((column, place) => column.push(keptDigits(own[place]?.[i] ?? NaN) ?? null));
      }
    const columnData: ColumnSource[] = [
      { name: 'time', data: times },
      { name: 'device', data: names },
      ...this.columns.map((name, place) => ({ name, data: values[place] ?? [] })),
    ];
    if (times.length > 0) void this.writer.write({ columnData, rowGroupSize: times.length });
    return this.take();
  }

  /** The last bytes of the file: its foot, without which nobody can read the rest. */
  end(): Uint8Array {
    void this.writer.finish();
    return this.take();
  }

  private take(): Uint8Array {
    const taken = this.bytes.getBytes().slice();
    this.bytes.index = 0;
    return taken;
  }
}
