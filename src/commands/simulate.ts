import { CanSender } from '../io/senders/can-sender';
import type { FrameSender } from '../io/senders/frame-sender';
import { ImpairedSender } from '../io/senders/impaired-sender';
import { UdpSender } from '../io/senders/udp-sender';
import type { CanFrame } from '../protocol/can-frame';
import { SimulateSource } from '../io/sources/simulate-source';
import type { Log } from '../logging/log';
import type { Settings } from '../settings/settings';
import { Impairment } from '../simulation/impairment';
import { cutoffs } from '../simulation/simulated-pack';
import { simulatedSpeed } from '../features/hearing/frame-sources';
import type { RunningController } from './simulate-controller';
import { untilSignal } from './until-signal';

const reportInterval = 10_000;

/**
 * Sends what a controller would, until a signal: the demo, and the check of a wiring without a battery.
 *
 * @throws UserError when the address or the interface can't be used
 */
export async function simulate(
  settings: Settings,
  flags: Readonly<Record<string, unknown>>,
  log: Log,
): Promise<number> {
  const isDevices = flags['devices'] !== undefined;
  if (settings.site === 'boat') {
    const { simulateSite } = await import('./simulate-site');
    return simulateSite(settings, isDevices ? settings.devices : undefined, log);
  }
  if (isDevices) {
    const { simulateDevices } = await import('./simulate-device');
    return simulateDevices(settings.devices, log);
  }
  const { modules, seed, fine, port, to, interface: interfaceName, loss, garbage } = settings;
  let controller: RunningController | undefined;
  const source = new SimulateSource({
    modules,
    seed,
    speed: simulatedSpeed(settings),
    finePower: fine,
    cutoffs: () => controller?.cutoffs() ?? cutoffs,
  });
  const overCan = settings.via === 'can' || (settings.via === 'auto' && flags['interface'] !== undefined);
  const udp = overCan ? undefined : await UdpSender.open({ host: to, port });
  const wire: FrameSender = udp ?? (await CanSender.open({ interfaceName }));
  const impaired = loss > 0 || garbage > 0;
  const sender: FrameSender = impaired
    ? new ImpairedSender(wire, new Impairment({ loss, garbage, seed }))
    : wire;
  await log.open();
  if (udp !== undefined && settings.controller !== 'off') {
    const { playController } = await import('./simulate-controller');
    const out = { send: (frame: CanFrame) => sender.send(frame), turnTo: (to: number) => udp.turnTo(to) };
    controller = await playController(settings, flags, out, log);
  }
  const where = overCan ? interfaceName : `${to}, UDP port ${controller?.port ?? port}`;
  log.info(`Sending a battery of ${modules} modules to ${where}`);
  let reported = 0;
  const timer = setInterval(() => {
    const { sent, dropped } = sender.counts;
    if (dropped > reported)
      log.warn(`${dropped - reported} frames were not taken by the wire, ${sent} so far were`);
    reported = dropped;
  }, reportInterval);
  try {
    await untilSignal((signal) =>
      source.run(signal, {
        frame: (frame) => sender.send(frame),
        rejected: () => undefined,
        status: () => undefined,
      }),
    );
  } finally {
    clearInterval(timer);
    await controller?.close();
    await sender.close();
  }
  log.info(`${sender.counts.sent} frames sent`);
  return 0;
}
