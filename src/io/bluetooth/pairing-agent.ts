import { DBusError } from '@jellybrick/dbus-next';
import type { PairResult } from '../../devices/device-type';
import { bluez, deviceInterface } from './bluez-objects';
import { BusError, type ServedAnswer, type ServedCall, type SystemBus } from '../system-bus/system-bus';

const agent = '/packdial/agent';
const agentInterface = 'org.bluez.Agent1';

/** ms that pairing may take: the keys of both sides are computed, on a slow module. */
const pairLimit = 30_000;
/** ms that BlueZ may take to note who is asked for passkeys. */
const registerLimit = 5000;

/** BlueZ's failures that mean a wrong passkey; a module may also hang up. */
const refusals: ReadonlySet<string> = new Set([
  'org.bluez.Error.AuthenticationFailed',
  'org.bluez.Error.AuthenticationRejected',
  'org.bluez.Error.AuthenticationCanceled',
]);

/** Whom BlueZ asks for the passkey of a device that is being paired: an `Agent1` with a keyboard and no display. */
export class PairingAgent {
  /** By BlueZ's paths of the devices that are being paired. */
  private readonly passkeys = new Map<string, number>();

  constructor(private readonly bus: SystemBus) {
    bus.serve(agent, (call) => this.answer(call));
  }

  /**
   * Pairs a connected device. Resolves with what came of it; one that is paired already counts as paired. Never rejects.
   *
   * @param device BlueZ's path of it @param passkey 0 to 999999
   */
  async pair(device: string, passkey: number): Promise<PairResult> {
    this.passkeys.set(device, passkey);
    try {
      await this.register();
      await this.bus.call({
        destination: bluez,
        path: device,
        interface: deviceInterface,
        member: 'Pair',
        limit: pairLimit,
      });
      return 'paired';
    } catch (error) {
      const reason = error instanceof BusError ? error.reason : '';
      if (reason === 'org.bluez.Error.AlreadyExists') return 'paired';
      return refusals.has(reason) ? 'refused' : 'failed';
    } finally {
      this.passkeys.delete(device);
    }
  }

  /** Each time anew: a service that was restarted has forgotten it. */
  private async register(): Promise<void> {
    const call = {
      destination: bluez,
      path: '/org/bluez',
      interface: 'org.bluez.AgentManager1',
      member: 'RegisterAgent',
      signature: 'os',
      body: [agent, 'KeyboardOnly'],
      limit: registerLimit,
    };
    await this.bus.call(call).catch((error: unknown) => {
      if (!(error instanceof BusError && error.reason === 'org.bluez.Error.AlreadyExists')) throw error;
    });
  }

  private answer({ interface: name, member, body }: ServedCall): ServedAnswer | undefined {
    if (name !== agentInterface) return undefined;
    switch (member) {
      case 'RequestPasskey': {
        const passkey = this.passkeys.get(String(body[0]));
        if (passkey === undefined) throw rejected();
        return { signature: 'u', body: [passkey] };
      }
      case 'Release':
      case 'Cancel':
        return { signature: '', body: [] };
      default:
        // Whatever would pair without a passkey, or a device that wants to pair by itself.
        throw rejected();
    }
  }
}

function rejected(): DBusError {
  return new DBusError('org.bluez.Error.Rejected', 'packdial pairs no other device');
}
