import type { AgedReading } from '../../model/reading';
import { parseStatus, type NotAStatus, type StatusMessage } from './status-message';
import { StatusOrder, TransitDelay } from './status-order';

/** ms by which the time of a message must differ for it to be another one: ages come in tenths of a second. */
const sameMessage = 150;

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
  /** By message and module: when it was heard, monotonic ms, and what it said. */
  private readonly known = new Map<string, { readonly heardAt: number; readonly said: string }>();

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
      .filter((aged) => this.isNew(aged, now));
    return { readings, config: status.config };
  }

  /**
   * True for a message that had not been passed on before. What was only repeated must not be: its habit, by which it is
   * called late, is learnt from how often it is heard.
   */
  private isNew({ reading, age }: AgedReading, now: number): boolean {
    const key = keyOf(reading);
    const said = JSON.stringify(reading);
    const heardAt = now - age;
    const known = this.known.get(key);
    if (known?.said === said && Math.abs(heardAt - known.heardAt) <= sameMessage) return false;
    this.known.set(key, { heardAt, said });
    return true;
  }
}

function keyOf({ group, cells }: AgedReading['reading']): string {
  return cells === undefined ? group : `${group} ${cells.first}`;
}
