import type { Variant } from '@jellybrick/dbus-next';
import type { BusObjects } from '../system-bus/bus-objects';
import { BusError, type SystemBus } from '../system-bus/system-bus';
import { hexOf } from './access-points';
import { networkManager, profileInterface, wirelessType } from './names';

/** A network that NetworkManager keeps, with its password. */
export interface Profile {
  readonly path: string;
  /** The bytes of its network's name in hexadecimal. */
  readonly id: string;
  /** When it was joined last, Unix s; 0 for never. */
  readonly used: number;
  /** It goes with its connection, as long as nobody knows whether its password is right. */
  readonly isVolatile: boolean;
}

/** ms that each call may take. */
const limit = 25_000;
/** NMSettingsConnectionFlags */
const volatileFlag = 0x4;

/** The Wi-Fi profiles of NetworkManager, read as they come and as they change. Those of access points of our own are none. */
export class Profiles {
  /** By path; `undefined` for one that is none of Wi-Fi. */
  private readonly known = new Map<string, Omit<Profile, 'path' | 'isVolatile'> | undefined>();

  constructor(
    private readonly bus: SystemBus,
    private readonly objects: BusObjects,
  ) {
    bus.onSignal(({ path, interface: name, member }) => {
      if (name === profileInterface && (member === 'Updated' || member === 'Removed'))
        this.known.delete(path);
    });
  }

  /** Those that were read, that joined last first. */
  get all(): Profile[] {
    const paths = this.objects.paths(profileInterface);
    return paths
      .flatMap((path) => {
        const profile = this.known.get(path);
        const { Flags: flags = 0 } = this.objects.get(path, profileInterface) ?? {};
        const isVolatile = (Number(flags) & volatileFlag) !== 0;
        return profile === undefined ? [] : [{ path, isVolatile, ...profile }];
      })
      .sort((a, b) => b.used - a.used);
  }

  /** Of a network, that joined last first; without those that nobody knows to be right. */
  of(id: string): Profile[] {
    return this.all.filter((profile) => profile.id === id && !profile.isVolatile);
  }

  /**
   * Reads those that are new or have changed. Resolves with whether there were any.
   *
   * @throws BusError (as a rejection) when NetworkManager refuses or does not answer
   */
  async read(): Promise<boolean> {
    const fresh = this.objects.paths(profileInterface).filter((path) => !this.known.has(path));
    for (const path of fresh) this.known.set(path, await this.settings(path));
    return fresh.length > 0;
  }

  private async settings(path: string): Promise<Omit<Profile, 'path' | 'isVolatile'> | undefined> {
    try {
      const [settings] = await this.bus.call({
        destination: networkManager,
        path,
        interface: profileInterface,
        member: 'GetSettings',
        limit,
      });
      const groups = settings as Record<string, Record<string, Variant> | undefined>;
      const { connection, [wirelessType]: wireless } = groups;
      if (wireless === undefined || (wireless['mode']?.value ?? 'infrastructure') !== 'infrastructure')
        return undefined;
      return { id: hexOf(wireless['ssid']?.value), used: Number(connection?.['timestamp']?.value ?? 0) };
    } catch (error) {
      // Of another user, or removed meanwhile.
      if (error instanceof BusError && error.reason.includes('.')) return undefined;
      throw error;
    }
  }
}
