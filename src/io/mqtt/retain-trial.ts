import type { BrokerFailure } from './broker-trouble';

/** MQTT 5: retained messages are not supported. */
const retainNotSupported = 154;
/** Not authorised, in MQTT 3.1.1 and 5. */
const notAuthorized: readonly unknown[] = [5, 135];
/** Of so many failures that may have another reason, one is tried without kept messages. */
const trialEvery = 10;

/**
 * Whether a broker may be asked to keep messages. Some keep none, and some let only certain clients do so: AWS IoT closes the
 * connection of one without the right iot:RetainPublish, without a reason. Without kept messages the rest still works.
 */
export class RetainTrial {
  private wanted = true;
  /** It is tried without, and may be put back: that was not the reason. */
  private onTrial = false;
  private failures = 0;

  /** Messages are to be kept, in the next connection. */
  get retain(): boolean {
    return this.wanted;
  }

  /** True where the broker has said that it keeps nothing: the next connection is without. */
  refused({ code }: BrokerFailure): boolean {
    if (code !== retainNotSupported || !this.wanted) return false;
    this.wanted = false;
    return true;
  }

  /** True where a connection that was not made may be made without kept messages, which is tried next. */
  withoutFor({ code, found }: BrokerFailure): boolean {
    if (this.onTrial) {
      this.onTrial = false;
      this.wanted = true;
      return false;
    }
    if (!this.wanted || !(found === 'closed' || notAuthorized.includes(code))) return false;
    // Wrong passwords look the same, and are not to be tried twice as often.
    if (this.failures++ % trialEvery !== 0) return false;
    this.onTrial = true;
    this.wanted = false;
    return true;
  }

  /** The broker has let us in: as it was tried, so it stays. */
  connected(): void {
    this.onTrial = false;
    this.failures = 0;
  }
}
