/** Where things are found on a broker; `EVTV/<BMS ID>/CompleteStatus` is EVTV's (manual v1.21), the others are packdial's own. */
export interface BatteryTopics {
  /** All that is known of the battery, twice a second, QoS 0, never retained. */
  readonly status: string;
  /** What went in and out of all devices today, every ten seconds, QoS 0, never retained. */
  readonly energy: string;
  /** `online` or `offline`, retained: the sender's last will. */
  readonly availability: string;
  /** Alarms that were raised or cleared, QoS 1. */
  readonly alarm: string;
  /** Configuration for the controller, QoS 1, never retained. */
  readonly config: string;
  /** What became of it, item by item. */
  readonly configReply: string;
  /** Which devices the sender reads, QoS 1, retained. */
  readonly site: string;
  /** How many alarms of each device stand, and which, QoS 0, never retained. */
  readonly alarms: string;
  /** Below it one topic a device, with its name: all that is known of it, QoS 0, never retained. */
  readonly devices: string;
}

/** @param bmsId a name without `/`, `+`, `#` and control characters, as the setting takes it */
export function batteryTopics(bmsId: string): BatteryTopics {
  const base = `EVTV/${bmsId}`;
  return {
    status: `${base}/CompleteStatus`,
    energy: `${base}/Energy`,
    availability: `${base}/availability`,
    alarm: `${base}/Alarm`,
    config: `${base}/Config`,
    configReply: `${base}/ConfigReply`,
    site: `${base}/Site`,
    alarms: `${base}/Alarms`,
    devices: `${base}/Devices`,
  };
}
