import type { ActionView } from '../../model/action-view';

/** Something that a touch starts and that takes a while. */
export interface ServiceAction {
  start(): void;
  readonly view: ActionView;
}

/** What the service page can have done. A part that is not there has no button. */
export interface ServiceActions {
  /** Goes back from a demonstration to the owner's own battery. */
  readonly endDemonstration?: () => void;
  /** Ends packdial, so that a login comes. */
  readonly exit?: () => void;
  /** Erases the log and ends packdial; the next start has a fresh one. The page has asked before. */
  readonly resetLog?: ServiceAction;
  readonly copyLog?: ServiceAction & { cancel(): void };
  readonly update?: ServiceAction;
  /** Shows the crosses for the touch panel; on a page beside the screen's settings. */
  readonly calibrateTouch?: () => void;
}

/** The order in which they are offered. */
const serviceActions = ['endDemonstration', 'exit', 'resetLog', 'copyLog', 'update'] as const;

/** What is offered: in a demonstration only the way out of it, as the rest is about the owner's own battery. */
export function offeredActions(service: ServiceActions): (keyof ServiceActions)[] {
  const there = serviceActions.filter((name) => service[name] !== undefined);
  return service.endDemonstration === undefined ? there : there.slice(0, service.exit === undefined ? 1 : 2);
}

/** A line of the information page. */
export interface InformationLine {
  readonly label: string;
  readonly text: string;
}
