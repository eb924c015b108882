/**
 * How a CAN controller stands with its bus, best first, after the fault confinement of ISO 11898-1: `active`; `warning` from 96
 * counted errors on; `passive` from 128 on, when it may no longer disturb the others; `bus-off` above 255, when it is
 * silent until it is restarted. Only who sends can get as far as that.
 */
export const controllerStates = ['active', 'warning', 'passive', 'bus-off'] as const;

/** One of them. */
export type ControllerState = (typeof controllerStates)[number];

/** What a controller's errors come from: its own frames (nobody acknowledges them) or those of others. */
export type ErrorSide = 'sending' | 'receiving';

/** The worse of two states. */
export function worseState(a: ControllerState, b: ControllerState): ControllerState {
  return controllerStates.indexOf(a) > controllerStates.indexOf(b) ? a : b;
}
