import type { AgedReading } from '../../model/reading';
import { NewReadings } from './new-readings';
import { parseStatus, type NotAStatus, type StatusMessage } from './status-message';
import { StatusOrder, TransitDelay } from './status-order';

/** What became of a message that came under CompleteStatus. */
export type ReceivedStatus =
  | {
      /** What is new in it, with ages as of now. */
      readonly readings: readonly AgedReading[];
      /** The sender's word on the controller's configuration, not looked at yet. */
      readonly config: unknown;
    }
  | {
      readonly rejected: NotAStatus['rejected'] | 'retained' | 'older' | 'other battery';
      readonly detail: string;
    };

/** What a status says, each value with the age of the message that it came in at its sender's. */
export type StatusReader = (status: StatusMessage) => readonly AgedReading[];

/** Takes in the messages of one battery's sender and tells what they bring that is new. Never throws. */
export class StatusReceiver {
  private readonly order = new StatusOrder();
  private readonly delay = new TransitDelay();
  private readonly known = new NewReadings();

  constructor(
    private readonly bmsId: string,
    private readonly read: StatusReader,
  ) {}

  /** @param retained the broker kept it from some time before @param now monotonic ms */
  take(payload: Uint8Array, retained: boolean, now: number): ReceivedStatus {
    // Senders do not retain it, and nothing in it says how long it has been lying there.
    if (retained) return { rejected: 'retained', detail: `${payload.length} bytes` };
    const status = parseStatus(payload);
    if ('rejected' in status) return status;
    if (status.bmsId !== null && status.bmsId !== this.bmsId) {
      return { rejected: 'other battery', detail: JSON.stringify(status.bmsId.slice(0, 64)) };
    }
    const sentAt = Date.parse(status.timestamp);
    if (Number.isNaN(sentAt)) return { rejected: 'not a status', detail: 'timestamp is not right' };
    const order = this.order.take(sentAt, now);
    if (order === 'older') return { rejected: 'older', detail: status.timestamp };
    if (order === 'restarted') this.delay.reset();
    const late = this.delay.note(sentAt, now);
    const readings = this.read(status)
      .map(({ reading, age }) => ({ reading, age: age + late }))
      .filter((aged) => this.known.isNew(aged, now));
    return { readings, config: status.config };
  }
}
