import type { CalibrationMatrix } from '../../protocol/touch-matrix';

/** Where touches land, while the display runs: it holds from the next touch on. */
export interface TouchTuning {
  /** Goes before what udev says; `undefined` for that. */
  matrix: CalibrationMatrix | undefined;
}
