import { pointOnPicture, turnedSize, type Rotation, type Size } from '../rotation';
import { MouseTracker, TouchTracker } from './button-trackers';
import type { CalibrationMatrix } from '../../protocol/touch-matrix';
import { calibrated } from './calibration';
import type { ContactTracker, DeviceState } from './contact-tracker';
import { EV_SYN, SYN_DROPPED, SYN_REPORT } from './event-codes';
import type { EvdevRecord } from './evdev-records';
import { ListedTracker } from './listed-tracker';
import { MultitouchTracker } from './multitouch-tracker';
import type { PointerEvent } from './pointer-event';
import type { TouchTuning } from './touch-tuning';

/** What an axis of a device reports at the panel's edges, in its own units. */
export interface AxisRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** How a panel reports where it is touched. */
export type PanelKind =
  /** A finger or pen: ABS_X, ABS_Y and a button. */
  | 'touch'
  /** All fingers listed each time: ABS_MT_POSITION_* without slots, and a button. */
  | 'listed'
  /** Fingers in slots: ABS_MT_SLOT, ABS_MT_TRACKING_ID, ABS_MT_POSITION_*. */
  | 'multitouch'
  /** Fingers listed each time without a button, of a panel that says that it is touched directly. */
  | 'unbuttoned'
  /** ABS_X and ABS_Y, of a panel without BTN_TOUCH that says that it is touched directly: what else tells that it is. */
  | 'pressure'
  | 'tool';

/** How a device points. */
export type PointerDevice =
  | {
      readonly kind: PanelKind;
      readonly x: AxisRange;
      readonly y: AxisRange;
      readonly matrix?: CalibrationMatrix;
    }
  /** REL_X, REL_Y and a button. */
  | { readonly kind: 'mouse' };

/** Where the picture is touched, told from a device's records. */
export class PointerDecoder {
  private readonly tracker: ContactTracker;
  private readonly panel: Size;
  private dropped = false;
  private contact: number | undefined;
  private x = 0;
  private y = 0;
  private place: PointerEvent['panel'] | undefined;

  /**
   * @param picture size of the picture in pixels, as it is seen
   * @param rotation how far the picture is turned on the panel; the device is fixed to the panel (a mouse is not)
   * @param tuning goes before the device's own matrix, at each moment
   * @param readState asks the kernel for the device's state: at once, and again when it lost records
   */
  constructor(
    private readonly device: PointerDevice,
    picture: Size,
    private readonly rotation: Rotation,
    private readonly readState: () => DeviceState | undefined = () => undefined,
    private readonly tuning?: TouchTuning,
  ) {
    this.panel = turnedSize(picture, rotation);
    this.tracker = trackerFor(device, picture);
    this.restore();
  }

  /** What happened, once a record completes it (SYN_REPORT); mostly nothing or one event, at most two. */
  decode(record: EvdevRecord): PointerEvent[] {
    const { type, code } = record;
    if (type === EV_SYN && code === SYN_DROPPED) this.dropped = true;
    const complete = type === EV_SYN && code === SYN_REPORT;
    if (!complete) {
      // After a loss, what follows up to the next report is of no use.
      if (!this.dropped) this.tracker.record(record);
      return [];
    }
    if (this.dropped) {
      this.dropped = false;
      this.restore();
    } else this.tracker.sync();
    return this.changes();
  }

  /** The release that is due when the device goes away while touched. */
  lift(): PointerEvent[] {
    if (this.contact === undefined) return [];
    this.contact = undefined;
    return [this.event('release')];
  }

  private event(type: PointerEvent['type']): PointerEvent {
    const { x, y, place } = this;
    return { type, x, y, ...(place !== undefined && { panel: place }) };
  }

  private restore(): void {
    this.tracker.restore(this.readState() ?? { pressed: false });
  }

  private changes(): PointerEvent[] {
    const { contact } = this.tracker;
    const events: PointerEvent[] = [];
    if (contact !== this.contact) events.push(...this.lift());
    if (contact === undefined) return events;
    const place = this.placeOnPanel();
    const { x, y } = this.position(place);
    const isNew = this.contact === undefined;
    const moved = x !== this.x || y !== this.y;
    this.contact = contact;
    this.x = x;
    this.y = y;
    this.place = place;
    if (isNew || moved) events.push(this.event(isNew ? 'press' : 'move'));
    return events;
  }

  private position(place: PointerEvent['panel']): { x: number; y: number } {
    const { device, panel, tracker } = this;
    if (device.kind === 'mouse') return { x: tracker.x, y: tracker.y };
    const matrix = this.tuning?.matrix ?? device.matrix;
    if (matrix !== undefined && place !== undefined) {
      const meant = calibrated(place, matrix);
      const x = clamped(meant.x * panel.width, panel.width);
      return pointOnPicture(x, clamped(meant.y * panel.height, panel.height), panel, this.rotation);
    }
    const x = pixelAt(tracker.x, device.x, panel.width);
    const y = pixelAt(tracker.y, device.y, panel.height);
    return pointOnPicture(x, y, panel, this.rotation);
  }

  /** Where on the panel the contact is, 0 to 1. A driver that tells no range tells pixels. */
  private placeOnPanel(): PointerEvent['panel'] {
    const { device, panel, tracker } = this;
    if (device.kind === 'mouse') return undefined;
    return {
      x: partOf(tracker.x, device.x, panel.width),
      y: partOf(tracker.y, device.y, panel.height),
    };
  }
}

function trackerFor(device: PointerDevice, picture: Size): ContactTracker {
  switch (device.kind) {
    case 'touch':
      return new TouchTracker('button');
    case 'pressure':
    case 'tool':
      return new TouchTracker(device.kind);
    case 'listed':
      return new TouchTracker('button', true);
    case 'unbuttoned':
      return new ListedTracker();
    case 'multitouch':
      return new MultitouchTracker();
    case 'mouse':
      return new MouseTracker(picture.width, picture.height);
  }
}

/** The pixel, of `pixels` in a row, that an axis value means. The kernel does not keep values within their range. */
function pixelAt(value: number, range: AxisRange, pixels: number): number {
  // Without a range the value can only be taken for a pixel.
  if (range.minimum === range.maximum) return clamped(value, pixels);
  return clamped((stepsAlong(value, range) * pixels) / stepsOf(range), pixels);
}

/** How far along its axis a value is, 0 to 1 for the middle of what is touched. */
function partOf(value: number, range: AxisRange, pixels: number): number {
  if (range.minimum === range.maximum) return (value + 0.5) / pixels;
  return (stepsAlong(value, range) + 0.5) / stepsOf(range);
}

/** Steps from the panel's left or upper edge; an axis that begins with its greatest value counts down. */
const stepsAlong = (value: number, { minimum, maximum }: AxisRange): number =>
  maximum > minimum ? value - minimum : minimum - value;
const stepsOf = ({ minimum, maximum }: AxisRange): number => Math.abs(maximum - minimum) + 1;

const clamped = (at: number, pixels: number): number => Math.max(0, Math.min(pixels - 1, Math.floor(at)));
