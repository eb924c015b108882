import * as v from 'valibot';
import { alwaysIn } from '../../model/quantities';
import type { DeviceSetting, DeviceType, LineLink } from '../device-type';
import { intervalSetting, signSetting, wholeNumberSetting } from '../shared-settings';
import { untilClosed } from '../until-closed';
import { ConsoleListener, shortestInterval } from './console-listener';

/** The address that a BlueNova battery has of itself. */
export const normalHost = '10.0.0.2';

const hostSetting: DeviceSetting = {
  schema: v.pipe(v.string(), v.regex(/^([\da-z][\da-z._-]{0,252}|\[[\da-f:.]{2,45}\])$/i)),
  default: normalHost,
  accepts: `an address or a host name, such as ${normalHost}`,
  help: 'where the battery is',
  form: { kind: 'text', keyboard: 'digits' },
  exclusive: 'address',
  exclusiveWith: 'port',
};

/** A BlueNova NG battery: the text of its console, over a WebSocket. Nothing is sent. */
export const bluenova: DeviceType<LineLink> = {
  type: 'bluenova',
  kind: 'battery',
  link: 'websocket',
  path: '/ws/',
  settings: {
    host: hostSetting,
    port: wholeNumberSetting(1, 65535, 'port of the console', 9000),
    interval: intervalSetting(
      shortestInterval,
      'seconds after which a value that was not told again is unknown',
    ),
    invert: signSetting('turns the sign of the current round'),
  },
  tells: [
    ...alwaysIn('json', 'battery'),
    ...['energyIn', 'energyOut', 'adcPack', 'adc0', 'adc1', 'adc2', 'adc3', 'adc4'],
    ...['badCrc', 'parseFail', 'badCell', 'units', 'rank', 'mcuId'],
  ],
  converse: async (link, context, signal, sink) => {
    const listener = new ConsoleListener(context, sink);
    const stop = link.receive(
      (text) => {
        if (signal.aborted) return;
        const { clock } = context;
        listener.message(text, clock.monotonic(), clock.wall?.().getTime());
      },
      (bytes) => sink.rejected('binary', `${bytes.length} bytes`),
    );
    await untilClosed(link, signal);
    stop();
  },
  listen: (context, sink) => {
    const listener = new ConsoleListener(context, sink);
    return ({ at, text, bytes }) => {
      if (text !== undefined) listener.message(text, at);
      else if (bytes !== undefined) sink.rejected('binary', `${bytes.length} bytes`);
    };
  },
};
