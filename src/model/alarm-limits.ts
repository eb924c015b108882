/** From where on the owner wants to be told; a limit that is `undefined` is not looked at. */
export interface AlarmLimits {
  /** V of the whole pack. */
  readonly packHigh: number | undefined;
  readonly packLow: number | undefined;
  /** °C of the hottest and of the coldest sensor. */
  readonly temperatureHigh: number | undefined;
  readonly temperatureLow: number | undefined;
  /** V between the highest and the lowest cell. */
  readonly spread: number | undefined;
  /** State of charge in percent, 0 to 100. */
  readonly stateOfChargeLow: number | undefined;
  /** Seconds in which nothing was heard from a battery that had been heard before. */
  readonly silence: number | undefined;
}

/** Limits that fit any battery. What a pack's voltage may be depends on it, so that its owner has to say. */
export const usualAlarmLimits: AlarmLimits = {
  packHigh: undefined,
  packLow: undefined,
  temperatureHigh: 60,
  temperatureLow: undefined,
  spread: 0.5,
  stateOfChargeLow: 10,
  silence: 60,
};
