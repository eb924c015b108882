import type { BrokerTrouble } from '../../model/broker-reports';

/** How to reach a broker and what to show there. */
export interface BrokerAccess {
  /** Such as `mqtts://broker.example:8883`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** PEM of the only authority that is believed; without it the well-known ones are. */
  readonly ca?: string;
  /** PEM of the display's own certificate and of its key. */
  readonly cert?: string;
  readonly key?: string;
}

/** Why there is nothing to connect with. */
export class AccessError extends Error {
  override readonly name = 'AccessError';

  constructor(readonly trouble: BrokerTrouble) {
    super(trouble.code);
  }
}

const usualPorts: Readonly<Record<string, number>> = {
  'mqtt:': 1883,
  'mqtts:': 8883,
  'ws:': 80,
  'wss:': 443,
};

/** Where an address leads. @param url a good one */
export function brokerPlace(url: string): {
  readonly host: string;
  readonly port: number;
  readonly encrypted: boolean;
} {
  const { hostname, port, protocol } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (usualPorts[protocol] ?? 1883) : Number(port),
    encrypted: protocol === 'mqtts:' || protocol === 'wss:',
  };
}
