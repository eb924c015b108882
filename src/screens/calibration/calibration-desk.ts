/** A place on the picture, pixels. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/** Why touches of the crosses could not be used. */
export type CalibrationProblem =
  { readonly kind: 'close' } | { readonly kind: 'apart'; readonly pixels: number };

/** Where a calibration is. */
export type CalibrationStep =
  /** A cross is to be touched: its index. */
  | { readonly kind: 'cross'; readonly index: number; readonly problem?: CalibrationProblem }
  /** The new calibration is on trial. */
  | { readonly kind: 'trial' };

/** A calibration of the touch panel, as its screen shows it. */
export interface CalibrationDesk {
  /** It goes on; else its screen is not shown. */
  readonly stands: boolean;
  readonly step: CalibrationStep;
  /** Monotonic ms at which it ends with the old calibration. */
  readonly deadline: number;
  /** Ends it with the one on trial. */
  keep(): void;
  /** Begins with the first cross once more. */
  again(): void;
  /** Ends it with the old one. */
  cancel(): void;
}

/** Where the crosses stand in a picture of this size, in the order in which they are touched: clockwise from the upper left. */
export function crossPlaces(width: number, height: number): readonly Place[] {
  // Near the corners, where an error shows most, and as far inside as fingers get beside a case's edge.
  const inset = Math.round(Math.min(width, height) * 0.13);
  const [right, bottom] = [width - 1 - inset, height - 1 - inset];
  return [
    { x: inset, y: inset },
    { x: right, y: inset },
    { x: right, y: bottom },
    { x: inset, y: bottom },
  ];
}
