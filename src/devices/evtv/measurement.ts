/**
 * What one message said about a battery: only the fields that it carries. Signs and units are already the house's own:
 * current and power are positive into the battery (charging), negative out of it.
 */
export interface BatteryMeasurement {
  /** Which message it came in; ages are kept by message, for a message's values are as old as each other. */
  readonly message: BatteryMessage;
  /** A, in whole amperes from the pack message. */
  readonly packCurrent?: number;
  /** V, 0..6553.5. */
  readonly packVoltage?: number;
  /** Ah since full, nearly always negative (taken out), -3276.8..3276.7. */
  readonly ampHours?: number;
  /** °C, the hottest terminal. */
  readonly temperatureMax?: number;
  /** °C, the coldest terminal. */
  readonly temperatureMin?: number;
  /** A, in hundredths: preferred to `packCurrent` while it is fresh. */
  readonly fineCurrent?: number;
  /** W, in hundredths. */
  readonly finePower?: number;
  /** %, 0..127.5 in steps of 0.5 (over 100 only from a faulty sender). */
  readonly stateOfCharge?: number;
  /** V, the lowest cell. */
  readonly cellLow?: number;
  /** V, the highest cell. */
  readonly cellHigh?: number;
  /** V, the mean of all cells. */
  readonly cellAverage?: number;
  /** Cells the controller is set up for. */
  readonly maxCells?: number;
  /** Cells the controller hears. */
  readonly activeCells?: number;
  /** V per cell above which charging is cut off (HIVOLT). */
  readonly highCutoff?: number;
  /** V per cell below which discharging is cut off (LOVOLT). */
  readonly lowCutoff?: number;
  /** V, the frequency-shift set point of an AC-coupled inverter. */
  readonly frequencyShiftVolts?: number;
  /** A, what the charger is asked for. */
  readonly chargerAmps?: number;
  /** A module BMS's fault, 0 for none (see module-bms.ts). */
  readonly fault?: number;
  /** A module BMS's contactors: bits 0 to 3 are set where both are closed and confirmed. */
  readonly contactors?: number;
  /** One module of six cells. */
  readonly module?: ModuleVoltages;
}

/** The messages that a battery's values come in; the value is how ages are keyed in CompleteStatus. */
export type BatteryMessage = '0x150' | '0x151' | '0x650' | '0x651' | '0x652' | '0x683' | '0x68F';

/** Six neighbouring cells, placed by the module's own number, never by order of arrival. */
export interface ModuleVoltages {
  /** 0..total-1. */
  readonly index: number;
  /** Modules in the pack, 1..255. */
  readonly total: number;
  /** V, six of them, 2.00..4.55. */
  readonly voltages: readonly number[];
}

/** Cells in a module. */
export const cellsPerModule = 6;
/** Modules that are kept and shown; a pack may announce more, which is said and not shown. */
export const maxModules = 40;
