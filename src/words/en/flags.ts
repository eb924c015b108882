import type { ProtectionFlag, WarningFlag } from '../../model/flag-names';

/** What a bit of a battery's electronics says. */
export interface FlagWords {
  /** A few words in small letters; behind the cell's name where it is about a cell. */
  readonly text: string;
  /** In two or three words. */
  readonly short: string;
  /** What its value is, where it has one. */
  readonly of?: 'cell' | 'pack' | 'temperature' | 'charge';
}

/** Makers differ on bits 13 and 14, so that both meanings are told. */
export const protections: Readonly<Record<ProtectionFlag, FlagWords>> = {
  'cell-over-voltage': { text: 'too high', short: 'Cell too high', of: 'cell' },
  'cell-under-voltage': { text: 'too low', short: 'Cell too low', of: 'cell' },
  'pack-over-voltage': { text: 'pack too high', short: 'Pack too high', of: 'pack' },
  'pack-under-voltage': { text: 'pack too low', short: 'Pack too low', of: 'pack' },
  'charge-over-temperature': { text: 'too hot to charge', short: 'Too hot', of: 'temperature' },
  'charge-under-temperature': { text: 'too cold to charge', short: 'Too cold', of: 'temperature' },
  'discharge-over-temperature': { text: 'too hot to discharge', short: 'Too hot', of: 'temperature' },
  'discharge-under-temperature': { text: 'too cold to discharge', short: 'Too cold', of: 'temperature' },
  'charge-over-current': { text: 'charging current too high', short: 'Current too high' },
  'discharge-over-current': { text: 'discharging current too high', short: 'Current too high' },
  'short-circuit': { text: 'short circuit', short: 'Short circuit' },
  'front-end-error': { text: 'measuring chip failed', short: 'Chip failed' },
  'fet-locked': { text: 'switched off by software', short: 'Switched off' },
  'charge-timeout': { text: 'charging timeout or switch fault', short: 'Charging fault' },
  'bit-14': { text: 'discharging switch fault or fault 14', short: 'Discharging fault' },
  'bit-15': { text: 'fault 15', short: 'Fault 15' },
};

/** What a battery warns of before it protects itself. */
export const warnings: Readonly<Record<WarningFlag, FlagWords>> = {
  'cell-high': { text: 'high', short: 'Cell high', of: 'cell' },
  'cell-low': { text: 'low', short: 'Cell low', of: 'cell' },
  'pack-high': { text: 'pack high', short: 'Pack high', of: 'pack' },
  'pack-low': { text: 'pack low', short: 'Pack low', of: 'pack' },
  'charge-hot': { text: 'hot while charging', short: 'Battery hot', of: 'temperature' },
  'charge-cold': { text: 'cold while charging', short: 'Battery cold', of: 'temperature' },
  'discharge-hot': { text: 'hot while discharging', short: 'Battery hot', of: 'temperature' },
  'discharge-cold': { text: 'cold while discharging', short: 'Battery cold', of: 'temperature' },
  'charge-current-high': { text: 'charging current high', short: 'Current high' },
  'discharge-current-high': { text: 'discharging current high', short: 'Current high' },
  'cells-differ': { text: 'cells uneven', short: 'Cells uneven' },
  'charge-low': { text: 'charge low', short: 'Charge low', of: 'charge' },
  'bit-12': { text: 'unknown warning 12', short: 'Warning 12' },
  'bit-13': { text: 'unknown warning 13', short: 'Warning 13' },
  'bit-14': { text: 'unknown warning 14', short: 'Warning 14' },
  'bit-15': { text: 'unknown warning 15', short: 'Warning 15' },
};
