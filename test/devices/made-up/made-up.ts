import * as v from 'valibot';
import type { DeviceContext, DeviceType, LineLink, ReadingSink } from '../../../src/devices/device-type';
import { toggleSetting, wholeNumberSetting } from '../../../src/devices/shared-settings';
import { untilClosed } from '../../../src/devices/until-closed';

/** Reads lines such as `13.25 -1.5`: volts and amperes. */
function listen({ name, values, clock }: DeviceContext, sink: ReadingSink): (text: string) => void {
  return (text) => {
    const [, voltage, current] = /^(\d+\.\d+) (-?\d+\.\d+)$/.exec(text) ?? [];
    if (voltage === undefined || current === undefined) {
      sink.rejected('not a measurement', text);
      return;
    }
    const amperes = Number(current) * (values['invert'] === true ? -1 : 1);
    sink.reading({
      device: name,
      at: clock.monotonic(),
      group: 'line',
      period: 1000,
      values: { voltage: Number(voltage), current: amperes },
    });
  };
}

/** A meter that no maker makes: all that packdial knows of it is in this folder, and a line in the list of types. */
export const madeUp: DeviceType<LineLink> = {
  type: 'made-up',
  kind: 'meter',
  link: 'websocket',
  settings: {
    host: {
      schema: v.pipe(v.string(), v.minLength(1)),
      accepts: 'an address, such as 10.0.0.3',
      help: 'address of the meter',
    },
    port: wholeNumberSetting(1, 65_535, 'port of the meter', 9001),
    invert: toggleSetting('turns the sign of the current round'),
  },
  converse: async (link, context, signal, sink) => {
    const stop = link.receive(listen(context, sink));
    await untilClosed(link, signal);
    stop();
  },
  listen: (context, sink) => {
    const take = listen(context, sink);
    return ({ text }) => {
      if (text !== undefined) take(text);
    };
  },
};
