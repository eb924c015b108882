import type { CanReports } from '../../model/source-status';
import type { Phrases } from '../phrases';

/** How a CAN bus is, and what to do. */
export const canPhrases: Phrases<CanReports> = {
  'can-absent': ({ name }) => `No CAN interface ${name} (is the hat enabled?)`,
  'can-other-kind': ({ name }) => `${name} is not a CAN interface`,
  'can-down': ({ name }) => `CAN ${name} is down: waiting for it`,
  'can-not-open': ({ name }) => `CAN ${name} can't be opened`,
  'can-bus-off': ({ name, restart }) =>
    `CAN ${name} is off the bus: check wiring and bit rate; ${restarts[restart]}`,
  'can-passive': ({ name, side }) => `CAN ${name}${passive[side]}, wiring and terminators`,
  'can-warning': ({ name }) => `CAN ${name} has many errors (error-warning): check wiring and terminators`,
  'can-silent': ({ name, least, bitRate }) => {
    const rate = bitRate === undefined ? '' : ` at ${formatBitRate(bitRate)}`;
    return `CAN ${name} is up but silent for ${spans[least] ?? `over ${least} s`}: no frames${rate}`;
  },
  'can-listen-only': ({ name }) =>
    `CAN ${name} is silent, for it only listens: a bus of two needs its acknowledgement`,
  'can-no-battery': ({ name }) => `CAN ${name} has traffic, but nothing of a battery`,
  'can-listening': ({ name }) => `Listening on CAN ${name}`,
};

/** At most ten letters for the status strip. */
export const canNotes: Partial<Record<keyof CanReports, string>> = {
  'can-absent': 'absent',
  'can-other-kind': 'not CAN',
  'can-down': 'down',
  'can-not-open': 'not open',
  'can-bus-off': 'bus-off',
  'can-passive': 'passive',
  'can-warning': 'errors',
  'can-silent': 'silent',
  'can-listen-only': 'silent',
  'can-no-battery': 'no battery',
};

const passive = {
  sending: ': nobody acknowledges (error-passive): check the other end',
  receiving: ' hears too many errors (error-passive): check bit rate',
  unknown: ' has too many errors (error-passive): check bit rate',
} as const;

const restarts = {
  automatic: 'restarting by itself',
  manual: 'restart it with packdial can-up',
  unknown: 'waiting for it',
} as const;

const spans: Readonly<Record<number, string>> = {
  86_400: 'over a day',
  3600: 'over an hour',
  600: 'over 10 min',
  60: 'over a minute',
};

/** Such as `500 kbit/s`. */
export function formatBitRate(bitRate: number): string {
  return bitRate % 1000 === 0 ? `${bitRate / 1000} kbit/s` : `${bitRate} bit/s`;
}
