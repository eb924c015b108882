import * as v from 'valibot';
import { numeric, wholeNumber } from './setting-schemas';

/** bit/s that CAN buses have: those that serial-line adapters have a command for. */
const bitRates = [10_000, 20_000, 50_000, 100_000, 125_000, 250_000, 500_000, 800_000, 1_000_000] as const;

/** Where the one battery's frames come in; a part of the table in settings.ts. */
export const sourceSettings = {
  port: {
    flag: 'port',
    placeholder: 'number',
    schema: wholeNumber(1, 65535),
    fallback: 6500,
    accepts: 'a whole number from 1 to 65535',
    help: 'UDP port that the controller sends to',
    form: { page: 'source', label: 'UDP port', effect: 'restart', only: ['udp'] },
  },
  interface: {
    flag: 'interface',
    placeholder: 'name',
    schema: v.pipe(v.string(), v.regex(/^[^\s/]{1,15}$/)),
    fallback: 'can0',
    accepts: 'a network interface name of 1 to 15 characters without spaces or slashes, such as can0',
    help: 'CAN interface of --source can and can-up',
    form: { page: 'source', label: 'CAN interface', effect: 'restart', only: ['can'], note: 'such as can0' },
  },
  serial: {
    flag: 'serial',
    placeholder: 'path',
    schema: v.pipe(v.string(), v.regex(/^\/\S{1,4095}$/)),
    fallback: '/dev/ttyACM0',
    accepts: 'the path of a serial port, such as /dev/ttyACM0',
    help: 'serial port of the adapter of --source slcan',
    form: {
      page: 'source',
      label: 'Serial port',
      effect: 'restart',
      only: ['slcan'],
      note: 'such as /dev/ttyACM0',
    },
  },
  bitrate: {
    flag: 'bitrate',
    placeholder: 'bit/s',
    schema: v.pipe(numeric(), v.picklist(bitRates)),
    fallback: 500_000,
    accepts: `one of ${bitRates.join(', ')}`,
    help: 'bit rate of the CAN bus: can-up and --source slcan set it',
    form: {
      page: 'source',
      label: 'Bit rate',
      effect: 'restart',
      unit: 'kbit/s',
      factor: 1e-3,
      only: ['can', 'slcan'],
    },
  },
  restartMs: {
    flag: 'restart-ms',
    placeholder: 'ms',
    schema: wholeNumber(0, 60_000),
    fallback: 100,
    accepts: 'a whole number from 0 to 60000',
    help: 'how long after going off the bus can-up lets the CAN controller restart; 0: not by itself',
  },
} as const;
