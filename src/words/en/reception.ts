/** What was received since the start. */
export interface Received {
  readonly frames: number;
  readonly ignored: number;
  readonly malformed: number;
  /** Of the last frame, where that is known. */
  readonly sender?: string | undefined;
}

/**
 * How a battery or a site is received, for the status strip and for the place of values that are not there. `label` is what the
 * way to it is called; ages and times are as they are shown.
 */
export const receptionWords = {
  live: (label: string) => `${label} · live`,
  noted: (label: string, note: string) => `${label} · ${note}`,
  old: (label: string, age: string) => `${label} · ${age} old`,
  late: (label: string) => `${label} · late`,
  noCurrent: (label: string) => `${label} · no current`,
  noData: (label: string) => `${label} · no data`,
  devicesLive: (live: number, of: number) => `${live} of ${of} live`,
  simulatedLive: (label: string, live: number, of: number) => `${label} · ${live} of ${of} live`,
  waiting: (label: string) => `Waiting for the battery (${label})`,
  waitingForDevices: (label: string) => `Waiting for the devices (${label})`,
  silentSince: (label: string, moment: string) => `No data since ${moment} (${label})`,
  silentFor: (label: string, age: string) => `No data for ${age} (${label})`,
  readMore: 'Touch the gear to read more',
  counted: ({ frames, ignored, malformed, sender }: Received) =>
    `${frames} frames, ${ignored} ignored, ${malformed} malformed${sender === undefined ? '' : `, last from ${sender}`}`,
  /** In the log, when a receiver begins anew for another list of devices. */
  otherDevices: (bmsId: string) => `The sender of ${bmsId} has other devices than before: showing those`,
  /** Behind the status of a broker while messages have not arrived. */
  messagesWaiting: (waiting: number, dropped: number) =>
    (waiting === 0 ? '' : `; ${waiting} messages wait`) + (dropped === 0 ? '' : `; ${dropped} found no room`),
} as const;

/** A bank at one moment. */
export interface BankState {
  /** Batteries that it has. */
  readonly of: number;
  /** Those that are not received, with their ages as they are shown; without one where they never were. */
  readonly missing: readonly { readonly name: string; readonly age: string | undefined }[];
  /** The meter that tells its current. */
  readonly meter: string | undefined;
  /** Its current and power are known. */
  readonly known: boolean;
}

/** Which batteries of a bank are received. */
export function bankText({ of, missing, meter, known }: BankState): string {
  const from = meter === undefined ? [] : [`current from ${meter}`];
  if (missing.length === 0) return [`${of} batteries, all received`, ...from].join('; ');
  const names = missing.map(({ name, age }) =>
    age === undefined ? `${name} not received yet` : `${name} not received for ${age}`,
  );
  return [
    `${of - missing.length} of ${of} batteries: ${names.join(', ')}`,
    ...(known ? from : ['current and power are unknown']),
    'set removed=true for one that was taken out',
  ].join('; ');
}
