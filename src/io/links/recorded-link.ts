import type { ByteLink } from '../../devices/device-type';
import type { LinkReport } from '../../model/link-reports';
import type { CaptureRecord } from '../../protocol/capture';
import { playRecords, type PlayOptions } from './capture-player';

/**
 * A capture as a line of bytes: what was received then is received again at its times, from the first listener on. What is sent
 * is compared with the next piece of the same length that was sent then; a difference is counted, and is no error.
 */
export class RecordedByteLink implements ByteLink {
  readonly kind = 'bytes';
  readonly closed: Promise<LinkReport>;
  /** How often something else was sent than in the capture. */
  differences = 0;
  private readonly sent: Uint8Array[];
  private readonly listeners = new Set<(piece: Uint8Array) => void>();
  private readonly stop = new AbortController();
  private isPlaying = false;
  private end: (reason: LinkReport) => void = () => undefined;

  constructor(
    private readonly records: readonly CaptureRecord[],
    private readonly options: PlayOptions,
  ) {
    this.sent = records.flatMap((record) =>
      'dir' in record && record.dir === 'tx' && record.bytes !== undefined ? [record.bytes] : [],
    );
    this.closed = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  write(data: Uint8Array): Promise<void> {
    if (this.stop.signal.aborted) return Promise.reject(new Error('the recording is over'));
    const next = this.sent.findIndex(({ length }) => length === data.length);
    const [then] = next < 0 ? [] : this.sent.splice(next, 1);
    if (then === undefined || !Buffer.from(then).equals(data)) this.differences++;
    return Promise.resolve();
  }

  receive(chunk: (data: Uint8Array) => void): () => void {
    this.listeners.add(chunk);
    if (!this.isPlaying) void this.play();
    return () => this.listeners.delete(chunk);
  }

  /** Ends it before its end. */
  close(): void {
    this.stop.abort();
    this.end({ code: 'recording-stopped', values: {} });
  }

  private async play(): Promise<void> {
    this.isPlaying = true;
    await playRecords(this.records, this.options, this.stop.signal, (record) => {
      if (!('dir' in record) || record.dir !== 'rx' || record.bytes === undefined) return;
      for (const listener of this.listeners) listener(Uint8Array.from(record.bytes));
    });
    this.stop.abort();
    this.end({ code: 'recording-over', values: {} });
  }
}
