import { worseState, type ControllerState, type ErrorSide } from './can-controller';

/** What an error frame of Linux says about the controller; what it does not say is absent. */
export interface CanErrorReport {
  readonly state?: ControllerState;
  readonly side?: ErrorSide;
}

// Classes, which are bits of the id, and bits of data[1], from linux/can/error.h.
const classes = { controller: 0x04, noAcknowledgement: 0x20, busOff: 0x40, restarted: 0x100 } as const;
const controllerByte = 1;

/** Worst first: of several bits the first one counts. */
const controllerBits: readonly (readonly [bit: number, state: ControllerState, side?: ErrorSide])[] = [
  [0x20, 'passive', 'sending'],
  [0x10, 'passive', 'receiving'],
  [0x08, 'warning', 'sending'],
  [0x04, 'warning', 'receiving'],
  [0x40, 'active'],
];

/**
 * Reads an error frame, which the kernel makes up when a controller has something to report; many drivers do so only when
 * the state changes. Frames about single errors on the wire say nothing of the state. Never throws.
 *
 * @param id without the flag that makes it an error frame
 */
export function parseCanErrorFrame(id: number, data: Uint8Array): CanErrorReport {
  let report: { state?: ControllerState; side?: ErrorSide } = {};
  if ((id & classes.controller) !== 0) {
    const bits = data[controllerByte] ?? 0;
    const [, state, side] = controllerBits.find(([bit]) => (bits & bit) !== 0) ?? [];
    report = { ...(state && { state }), ...(side && { side }) };
  }
  if ((id & classes.noAcknowledgement) !== 0) report.side = 'sending';
  if ((id & classes.restarted) !== 0) report.state ??= 'active';
  if ((id & classes.busOff) !== 0) report.state = worseState(report.state ?? 'bus-off', 'bus-off');
  return report;
}
