import type { DeviceSample } from '../../model/history/device-sample';

/** What flows into a device in a step, or out of it below zero. */
export interface PastFlow {
  readonly device: string;
  readonly watts: number;
  readonly amps: number;
}

/** What can raise an alarm of a battery. */
export interface PastState {
  readonly device: string;
  /** %. */
  readonly stateOfCharge: number;
}

/** Some time in the past of a simulated site. */
export interface PastStep {
  /** s from its end to the moment at which the demonstration began. */
  readonly before: number;
  /** s that it lasted. */
  readonly seconds: number;
  readonly flows: readonly PastFlow[];
  readonly states: readonly PastState[];
  /** What is kept of it: of some steps alone. */
  readonly samples: readonly DeviceSample[];
}
