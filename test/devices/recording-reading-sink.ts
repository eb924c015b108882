import type { DeviceTrouble, ReadingSink } from '../../src/devices/device-type';
import type { Reading } from '../../src/model/reading';

/** Remembers all that a conversation tells. */
export class RecordingReadingSink implements ReadingSink {
  readonly readings: Reading[] = [];
  readonly rejections: { readonly cause: string; readonly detail: string | undefined }[] = [];
  readonly troubles: (DeviceTrouble | undefined)[] = [];

  reading(reading: Reading): void {
    this.readings.push(reading);
  }

  rejected(cause: string, detail?: string): void {
    this.rejections.push({ cause, detail });
  }

  trouble(trouble: DeviceTrouble | undefined): void {
    this.troubles.push(trouble);
  }

  /** The latest of a group. */
  of(group: string): Reading | undefined {
    return this.readings.findLast((reading) => reading.group === group);
  }

  get groups(): string[] {
    return this.readings.map(({ group }) => group);
  }

  get causes(): string[] {
    return this.rejections.map(({ cause }) => cause);
  }
}
