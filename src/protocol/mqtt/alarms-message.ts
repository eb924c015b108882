/** A device with the alarms that stand, each in a sentence, the most urgent first. */
export interface StandingAlarms {
  readonly device: string;
  readonly alarms: readonly string[];
}

/**
 * The message of what is wrong now, under `EVTV/<BMS ID>/Alarms`: for whoever comes later, where Alarm tells what has happened
 * to those who listen.
 */
export function alarmsMessage(standing: readonly StandingAlarms[], wall: Date): string {
  return JSON.stringify({
    schema: 1,
    timestamp: wall.toISOString(),
    devices: Object.fromEntries(
      standing.map(({ device, alarms }) => [device, { count: alarms.length, alarms }]),
    ),
  });
}
