import type { ErrorSide } from '../../protocol/can-controller';
import type { LinkState } from './can-link';
import type { SourceStatus } from './frame-source';

/** What is the matter with a CAN bus; `well` when nothing is, `of others` when all that is heard is not the battery's. */
export type BusCondition =
  | { readonly is: Exclude<LinkState, 'up' | 'off the bus'> | 'warning' | 'of others' | 'well' }
  | { readonly is: 'bus-off'; readonly restartMs: number | undefined }
  | { readonly is: 'passive'; readonly side: ErrorSide | undefined }
  | {
      readonly is: 'silent';
      readonly seconds: number;
      readonly bitRate: number | undefined;
      readonly listenOnly: boolean;
    };

/**
 * One sentence that says what it is and what to do, and a word or two for the status strip, which has room for ten letters.
 *
 * @param name such as `can0`, or `at ttyACM0` for an adapter
 */
export function describeBus(name: string, condition: BusCondition): Omit<SourceStatus, 'label'> {
  switch (condition.is) {
    case 'absent':
      return broken(`No CAN interface ${name} (is the hat enabled?)`, 'absent');
    case 'not CAN':
      return broken(`${name} is not a CAN interface`, 'not CAN');
    case 'down':
      return broken(`CAN ${name} is down: waiting for it`, 'down');
    case 'bus-off':
      return broken(
        `CAN ${name} is off the bus: check wiring and bit rate; ${comesBack(condition.restartMs)}`,
        'bus-off',
      );
    case 'passive':
      return open(`CAN ${name}${passive[condition.side ?? 'unknown']}, wiring and terminators`, 'passive');
    case 'warning':
      return open(`CAN ${name} has many errors (error-warning): check wiring and terminators`, 'errors');
    case 'silent': {
      const { seconds, bitRate, listenOnly } = condition;
      if (listenOnly) {
        const need = 'a bus of two needs its acknowledgement';
        return open(`CAN ${name} is silent, for it only listens: ${need}`, 'silent');
      }
      const rate = bitRate === undefined ? '' : ` at ${formatBitRate(bitRate)}`;
      return open(`CAN ${name} is up but silent for ${roundedDown(seconds)}: no frames${rate}`, 'silent');
    }
    case 'of others':
      return open(`CAN ${name} has traffic, but nothing of a battery`, 'no battery');
    case 'well':
      return { state: 'up', text: `Listening on CAN ${name}` };
  }
}

const passive: Readonly<Record<ErrorSide | 'unknown', string>> = {
  sending: ': nobody acknowledges (error-passive): check the other end',
  receiving: ' hears too many errors (error-passive): check bit rate',
  unknown: ' has too many errors (error-passive): check bit rate',
};

function comesBack(restartMs: number | undefined): string {
  if (restartMs === undefined) return 'waiting for it';
  return restartMs > 0 ? 'restarting by itself' : 'restart it with packdial can-up';
}

function broken(text: string, note: string): Omit<SourceStatus, 'label'> {
  return { state: 'connecting', text, note };
}

function open(text: string, note: string): Omit<SourceStatus, 'label'> {
  return { state: 'up', text, note };
}

/** Such as `500 kbit/s`. */
export function formatBitRate(bitRate: number): string {
  return bitRate % 1000 === 0 ? `${bitRate / 1000} kbit/s` : `${bitRate} bit/s`;
}

/** Rarely another text: each is a line in the log. */
const spans: readonly (readonly [seconds: number, text: string])[] = [
  [86_400, 'over a day'],
  [3600, 'over an hour'],
  [600, 'over 10 min'],
  [60, 'over a minute'],
];

function roundedDown(seconds: number): string {
  return spans.find(([least]) => seconds >= least)?.[1] ?? 'over 10 s';
}
