import type { BrokerFailure } from './broker-trouble';

/** What a broker is asked for beyond taking and passing on messages; each of it some brokers refuse. */
export interface Demands {
  /** To keep messages for those who come later, the last will among them. */
  readonly retain: boolean;
  /** To acknowledge messages (QoS 1), the last will among them. */
  readonly acknowledge: boolean;
  /** To publish a last will. */
  readonly will: boolean;
}

const all: Demands = { retain: true, acknowledge: true, will: true };
// MQTT 5: retained messages, or QoS above 0, are not supported.
const refusals: ReadonlyMap<unknown, Partial<Demands>> = new Map([
  [154, { retain: false }],
  [155, { acknowledge: false }],
]);
/** Not authorised, in MQTT 3.1.1 and 5. */
const notAuthorized: readonly unknown[] = [5, 135];
/**
 * What is tried without where a connection is refused without saying why: AWS IoT hangs up on a client whose last will is to be kept
 * without the right iot:RetainPublish; others do on one whose last will has a topic that it may not publish, or asks for QoS 1.
 */
const trials: readonly Partial<Demands>[] = [{ retain: false }, { retain: false, will: false }];
/** Of so many failures that may have another reason, as many are tried with less as there are trials. */
const trialEvery = 10;
/** Connections that end while their first message is to be acknowledged, one after another, before that is no accident. */
const mostUnanswered = 3;

/** Learns what a broker may be asked for. What it refuses, the rest works without. */
export class BrokerDemands {
  private known: Demands = all;
  private trial: Partial<Demands> | undefined;
  private failures = 0;
  /** It has acknowledged a message: it can. */
  private acknowledges = false;
  private unanswered = 0;
  /** QoS 0 was only tried: how many connections have ended so. */
  private endedWithout: number | undefined;

  /** For the next connection. */
  get wanted(): Demands {
    return { ...this.known, ...this.trial };
  }

  /** True where the broker has said what it does not do: the next connection is without. */
  refused({ code }: BrokerFailure): boolean {
    const less = refusals.get(code);
    const wanted = { ...this.known, ...less };
    if (less === undefined || same(wanted, this.known)) return false;
    this.known = wanted;
    return true;
  }

  /** True where a connection that was not made may be made with less, which is tried next. */
  withoutFor({ code, found }: BrokerFailure): boolean {
    if (this.trial !== undefined) {
      this.trial = undefined;
      return false;
    }
    if (found !== 'closed' && !notAuthorized.includes(code)) return false;
    // Wrong passwords look the same, and are not to be tried twice as often.
    const trial = trials[this.failures++ % trialEvery];
    if (trial === undefined || same({ ...this.known, ...trial }, this.known)) return false;
    this.trial = trial;
    return true;
  }

  /** The broker has let us in: as it was tried, so it stays. */
  connected(): void {
    this.known = this.wanted;
    this.trial = undefined;
    this.failures = 0;
  }

  /**
   * A connection that was there has ended. Brokers that know no QoS 1 hang up when they are asked to acknowledge, or never do.
   *
   * @param held it was a good one
   * @param acknowledged something was acknowledged in it
   */
  ended({ unanswered }: BrokerFailure, held: boolean, acknowledged: boolean): void {
    this.acknowledges ||= acknowledged;
    if (this.acknowledges) return;
    if (this.endedWithout !== undefined) {
      if (held) this.endedWithout = undefined;
      else if (++this.endedWithout >= mostUnanswered) {
        // It was not that.
        this.endedWithout = undefined;
        this.known = { ...this.known, acknowledge: true };
      }
    } else if (unanswered === 'publish' && this.known.acknowledge && ++this.unanswered >= mostUnanswered) {
      this.unanswered = 0;
      this.endedWithout = 0;
      this.known = { ...this.known, acknowledge: false };
    }
  }
}

function same(a: Demands, b: Demands): boolean {
  return a.retain === b.retain && a.acknowledge === b.acknowledge && a.will === b.will;
}
