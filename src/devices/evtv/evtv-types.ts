import * as v from 'valibot';
import type { DeviceSetting, DeviceValues, FrameDecoder, FrameDeviceType } from '../device-type';
import { serialPortSetting, toggleSetting, wholeNumberSetting } from '../shared-settings';
import { evtvDecoder } from './decoder';
import { evtvIds } from './messages';

/** How the controller's messages are to be read, whichever way they come. */
const readingSettings = {
  invertCurrent: toggleSetting('for controllers that send + for discharging: turns current and ampere-hours'),
  invertFineCurrent: toggleSetting('the same for current and power of 0x151'),
  signedTemperatures: toggleSetting('for controllers that send temperatures below zero'),
  moduleBms: toggleSetting('for the BMS of battery modules that GEVCU listens to: its own 0x650 and 0x651'),
};

/** bit/s that CAN buses have: those that serial-line adapters have a command for. */
const bitRates = [10_000, 20_000, 50_000, 100_000, 125_000, 250_000, 500_000, 800_000, 1_000_000] as const;

const bitRate: DeviceSetting = {
  schema: v.pipe(v.union([v.number(), v.pipe(v.string(), v.transform(Number))]), v.picklist(bitRates)),
  default: 500_000,
  accepts: `one of ${bitRates.join(', ')}`,
  help: 'bit rate of the CAN bus',
  form: { kind: 'choice', options: bitRates },
};

/** What is the same whichever way the messages come. */
const evtv = {
  kind: 'battery',
  link: 'frames',
  ids: evtvIds,
  decoder: ({
    invertCurrent,
    invertFineCurrent,
    signedTemperatures,
    moduleBms,
  }: DeviceValues): FrameDecoder =>
    evtvDecoder({
      invertCurrent150: invertCurrent === true,
      invert151: invertFineCurrent === true,
      signedTemperatures: signedTemperatures === true,
      moduleBms: moduleBms === true,
    }),
} as const;

/** An EVTV controller that sends UDP datagrams. */
export const evtvUdp: FrameDeviceType = {
  ...evtv,
  type: 'evtv-udp',
  source: 'udp',
  settings: {
    port: {
      ...wholeNumberSetting(1, 65_535, 'UDP port that the controller sends to', 6500),
      exclusive: 'UDP port',
    },
    lenient: toggleSetting('takes datagrams of 12 to 24 bytes, not only of 24'),
    ...readingSettings,
  },
};

/** The same on a CAN interface of the machine. */
export const evtvCan: FrameDeviceType = {
  ...evtv,
  type: 'evtv-can',
  source: 'can',
  settings: {
    interface: {
      schema: v.pipe(v.string(), v.regex(/^[^\s/]{1,15}$/)),
      default: 'can0',
      accepts: 'a network interface name of 1 to 15 characters without spaces or slashes, such as can0',
      help: 'CAN interface',
      exclusive: 'CAN interface',
    },
    ...readingSettings,
  },
};

/** The same behind an adapter with a serial line. */
export const evtvSlcan: FrameDeviceType = {
  ...evtv,
  type: 'evtv-slcan',
  source: 'slcan',
  settings: { port: serialPortSetting, bitrate: bitRate, ...readingSettings },
};
