import type { DeviceContext, DeviceType, MessageLink, ReadingSink } from '../device-type';
import { untilClosed } from '../until-closed';
import { MessageListener } from './message-listener';
import { brokerLogin, mqttDeviceSettings } from './mqtt-settings';
import { kindOf, planProblem, valuePlan } from './value-plan';

/**
 * A device whose values another program publishes at an MQTT broker: batmon-ha, Home Assistant, Tasmota, ESPHome, a GX device,
 * Node-RED. Nothing is published but the keep-alive that a GX device wants.
 */
export const mqttJson: DeviceType<MessageLink> = {
  type: 'mqtt-json',
  kind: 'battery',
  kindOf,
  link: 'mqtt',
  settings: mqttDeviceSettings,
  problem: planProblem,
  broker: (values) => {
    const { topics, keepAlive } = valuePlan(values);
    const address = String(values['broker'] ?? '');
    const login = address === '' ? { url: '', user: '', password: '' } : brokerLogin(address);
    const said = (name: string, other: string): string => String(values[name] ?? '') || other;
    return {
      ...login,
      user: said('user', login.user),
      password: said('password', login.password),
      ca: said('ca', ''),
      cert: said('cert', ''),
      key: said('key', ''),
      topics,
      ...(keepAlive !== undefined && { keepAlive }),
    };
  },
  converse: async (link, context, signal, sink) => {
    const listener = listenerOf(context, sink);
    const stop = link.receive((message) => {
      if (!signal.aborted) listener.message(message, context.clock.monotonic());
    });
    await untilClosed(link, signal);
    stop();
  },
  listen: (context, sink) => {
    const listener = listenerOf(context, sink);
    const encoder = new TextEncoder();
    return ({ at, characteristic: topic, text, bytes, retained = false }) => {
      const payload = bytes ?? (text === undefined ? undefined : encoder.encode(text));
      if (topic !== undefined && payload !== undefined) listener.message({ topic, payload, retained }, at);
    };
  },
};

function listenerOf(
  { name, values }: Pick<DeviceContext, 'name' | 'values'>,
  sink: ReadingSink,
): MessageListener {
  return new MessageListener(name, valuePlan(values), sink);
}
