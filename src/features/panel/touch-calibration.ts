import type { Clock } from '../../base/clock';
import type { PointerEvent } from '../../io/inputs/pointer-event';
import type { TouchTuning } from '../../io/inputs/touch-tuning';
import { areaOnPanel, turnedSize, type Rotation, type Size } from '../../io/rotation';
import { calibrate, writeMatrix } from '../../protocol/touch-calibration';
import type { CalibrationMatrix } from '../../protocol/touch-matrix';
import {
  crossPlaces,
  type CalibrationDesk,
  type CalibrationProblem,
  type CalibrationStep,
} from '../../screens/calibration/calibration-desk';

/** What a calibration needs of the program. */
export interface TouchCalibrationParts {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Size of the picture in pixels, as it is seen. */
  readonly picture: Size;
  /** How far it is turned on the panel. */
  readonly rotate: Rotation;
  /** Where touches land at the moment. */
  readonly tuning: TouchTuning;
  /** It has ended: with a new calibration that is to be kept, as six numbers, or with the old one. */
  readonly ended: (matrix: string | undefined) => void;
  /** Something looks different now. */
  readonly changed: () => void;
}

/** ms without a touch, or without an answer, after which the old calibration is back. */
const patience = 30_000;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Learns where touches land from four crosses, and puts what it has learned on trial. */
export class TouchCalibration implements CalibrationDesk {
  stands = false;
  step: CalibrationStep = { kind: 'cross', index: 0 };
  deadline = 0;
  private before: CalibrationMatrix | undefined;
  private touched: Place[] = [];
  /** Where the finger that is down was told. */
  private contact: Place[] | undefined;

  constructor(private readonly parts: TouchCalibrationParts) {}

  /** Where touches land, for whoever reads the panel. */
  get tuning(): TouchTuning {
    return this.parts.tuning;
  }

  /** Shows the first cross. */
  begin(): void {
    if (this.stands) return;
    this.before = this.parts.tuning.matrix;
    this.stands = true;
    this.again();
  }

  again(): void {
    this.restart();
  }

  keep(): void {
    const { matrix } = this.parts.tuning;
    if (!this.stands || this.step.kind !== 'trial' || matrix === undefined) return;
    this.end(writeMatrix(matrix));
  }

  cancel(): void {
    if (!this.stands) return;
    this.parts.tuning.matrix = this.before;
    this.end(undefined);
  }

  /** Ends what nobody goes on with. To be called about once a second. */
  look(): void {
    if (this.stands && this.parts.clock.monotonic() >= this.deadline) this.cancel();
  }

  /** Takes in a touch. Returns true for one of a cross, which must do nothing else. */
  pointer({ type, panel }: PointerEvent): boolean {
    if (!this.stands || this.step.kind !== 'cross') return false;
    // A mouse needs no calibration.
    if (panel === undefined) return false;
    if (type === 'press') this.contact = [];
    // The finger that has opened this page is not on a cross.
    this.contact?.push(panel);
    if (type !== 'release' || this.contact === undefined) return true;
    const { contact } = this;
    this.contact = undefined;
    this.touched.push({ x: median(contact.map(({ x }) => x)), y: median(contact.map(({ y }) => y)) });
    this.next();
    return true;
  }

  private next(): void {
    const panel = turnedSize(this.parts.picture, this.parts.rotate);
    const meant = this.meant(panel);
    const index = this.touched.length;
    if (index < meant.length) {
      this.go({ kind: 'cross', index });
      return;
    }
    const result = calibrate(this.touched, meant, panel);
    if ('matrix' in result) {
      this.parts.tuning.matrix = result.matrix;
      this.go({ kind: 'trial' });
    } else if (result.problem === 'close') this.restart({ kind: 'close' });
    else this.restart({ kind: 'apart', pixels: Math.round(result.distance) });
  }

  /** The crosses on the panel, 0 to 1 from edge to edge. */
  private meant(panel: Size): Place[] {
    const { picture, rotate } = this.parts;
    return crossPlaces(picture.width, picture.height).map(({ x, y }) => {
      const pixel = areaOnPanel({ x, y, width: 1, height: 1 }, panel, rotate);
      return { x: (pixel.x + 0.5) / panel.width, y: (pixel.y + 0.5) / panel.height };
    });
  }

  private restart(problem?: CalibrationProblem): void {
    this.touched = [];
    this.contact = undefined;
    // What is on trial holds no more.
    this.parts.tuning.matrix = this.before;
    this.go({ kind: 'cross', index: 0, ...(problem !== undefined && { problem }) });
  }

  private go(step: CalibrationStep): void {
    this.step = step;
    this.deadline = this.parts.clock.monotonic() + patience;
    this.parts.changed();
  }

  private end(matrix: string | undefined): void {
    this.stands = false;
    this.parts.ended(matrix);
    this.parts.changed();
  }
}

/** The middle one: resistive panels tell wild places when a finger comes down and when it goes. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
