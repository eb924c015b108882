/** A played battery at one moment. */
export interface PlayedBattery {
  /** V of each cell. */
  readonly cells: readonly number[];
  /** A, positive into the battery. */
  readonly current: number;
  /** 0..1. */
  readonly stateOfCharge: number;
  /** Ah. */
  readonly capacity: number;
  /** °C of each probe. */
  readonly temperatures: readonly number[];
}

/** A played solar charger at one moment; nothing is connected to its load output. */
export interface PlayedCharger {
  /** V. */
  readonly batteryVoltage: number;
  /** A, positive into the battery. */
  readonly current: number;
  /** V. */
  readonly pvVoltage: number;
  /** Of the batteries, 0..1. */
  readonly stateOfCharge: number;
  /** What keeps its current where it is: no sun, the sun, the batteries' voltage. */
  readonly limit: 'night' | 'sun' | 'voltage';
  /** W. */
  readonly highestPowerToday: number;
  /** Wh. */
  readonly energyToday: number;
  /** Wh since it was started. */
  readonly energy: number;
  /** °C of the batteries. */
  readonly batteryTemperature: number;
}

/** A played meter at one moment; all is positive in the direction that the meter is there for. */
export interface PlayedMeter {
  /** V. */
  readonly voltage: number;
  /** A. */
  readonly current: number;
  /** Ah since it was started. */
  readonly charge: number;
  /** Wh since it was started. */
  readonly energy: number;
  /** Of the batteries, 0..1. */
  readonly stateOfCharge: number;
  /** °C. */
  readonly temperature: number;
}

/** What the played devices of one place have in common: one sun, one load and one busbar. Values are those of the moment. */
export interface PlayedSite {
  /** @param name of the device; one that the site does not have is a mistake of the program, and a RangeError */
  battery(name: string): PlayedBattery;
  /** One of the site's chargers: all have the same share of the sun. */
  charger(): PlayedCharger;
  /** @param role what it measures, as `role` of a meter says; one that measures nothing of the site tells no current */
  meter(role: string): PlayedMeter;
}
