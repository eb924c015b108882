import { Message, type MessageBus } from '@jellybrick/dbus-next';

/** How many match rules the daemon keeps for a connection. */
export async function matchRulesOf(bus: MessageBus): Promise<number> {
  const reply = await bus.call(
    new Message({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus.Debug.Stats',
      member: 'GetAllMatchRules',
    }),
  );
  return (reply!.body[0] as Record<string, string[]>)[bus.name!]!.length;
}
