import { switchOn, systemIp, type RunIp } from '../io/can-setup';
import { readController, type ReadController } from '../io/netlink';
import { readLink, systemInterfaces } from '../io/sources/can-link';
import { formatBitRate } from '../words/en/can';
import type { CanController } from '../protocol/rtnetlink';
import type { Settings } from '../settings/settings';
import { UserError } from '../base/user-error';

/** What is asked and told; replaced in tests. */
export interface CanUpParts {
  readonly interfaces: string;
  readonly controller: ReadController;
  readonly ip: RunIp;
  /** Takes a sentence without its line end. */
  readonly say: (text: string) => void;
}

const machine: CanUpParts = {
  interfaces: systemInterfaces,
  controller: readController,
  ip: systemIp,
  say: (text) => process.stderr.write(`packdial: ${text}\n`),
};

type CanUpSettings = Pick<Settings, 'interface' | 'bitrate' | 'restartMs'>;

/**
 * Brings a CAN interface up with the bit rate of the settings, and leaves one alone that already is. Resolves with the
 * exit code: 1 when the driver refuses.
 *
 * @throws UserError when there is no such interface, it is none for CAN, or rights or the program `ip` are missing
 */
export async function canUp(
  { interface: name, bitrate, restartMs }: CanUpSettings,
  parts: CanUpParts = machine,
): Promise<number> {
  const [{ state }, controller] = await Promise.all([
    readLink(parts.interfaces, name),
    parts.controller(name),
  ]);
  if (state === 'absent') {
    throw new UserError(
      `There is no interface ${name}; enable the CAN hat or name another with --interface.`,
    );
  }
  if (state === 'not CAN') {
    throw new UserError(`${name} is not a CAN interface; name another with --interface.`);
  }
  const rate = isVirtual(controller) ? undefined : bitrate;
  const what = rate === undefined ? 'up' : `up at ${formatBitRate(rate)}`;
  if (state === 'up' && isAsWanted(controller, rate, restartMs)) {
    parts.say(`${name} is ${what} already.`);
    return 0;
  }
  const result = await switchOn(name, rate, restartMs, parts.ip);
  switch (result.is) {
    case 'no ip':
      throw new UserError('can-up needs the program ip, which is not there; install the package iproute2.');
    case 'no rights':
      throw new UserError(`Bringing ${name} up needs the rights of root; put sudo before the command.`);
    case 'refused':
      parts.say(`${name} can't be brought ${what}: ${result.reason}.`);
      return 1;
    case 'brought up':
      parts.say(`${name} is ${what}${restartWords(rate, restartMs, result.restarts)}.`);
      return 0;
  }
}

/** vcan and vxcan have no wire and so no bit rate. */
function isVirtual(controller: CanController | undefined): boolean {
  return controller?.kind === 'vcan' || controller?.kind === 'vxcan';
}

/** A chip that has left the bus for good is not as it should be, whatever its settings. */
function isAsWanted(
  controller: CanController | undefined,
  bitRate: number | undefined,
  restartMs: number,
): boolean {
  if (controller === undefined) return false;
  if (bitRate === undefined) return true;
  return (
    controller.bitRate === bitRate &&
    controller.restartMs === restartMs &&
    controller.state !== 'bus-off' &&
    !controller.listenOnly
  );
}

function restartWords(bitRate: number | undefined, restartMs: number, restarts: boolean): string {
  if (bitRate === undefined || restartMs === 0) return '';
  return restarts
    ? `, and restarts ${restartMs} ms after going off the bus`
    : '; its driver refuses restart-ms, so it stays off the bus when it gets there';
}
