import { join } from 'node:path';
import type { Clock } from '../../base/clock';
import { dataDir } from '../../settings/data-dir';
import type { NetworkControllerLink } from '../../io/controller/network-link';
import type { Log } from '../../logging/log';
import type {
  ControllerLink,
  ControllerPresence,
  ItemResults,
  SaveProgress,
} from '../../model/controller/controller-link';
import type { ControllerItemName, ControllerValues } from '../../model/controller/items';
import type { ControllerWarning } from '../../model/controller/save-reports';
import type { CanFrame } from '../../protocol/can-frame';
import { formatAge } from '../../screens/format';
import type { InformationLine } from '../../screens/config/service';
import { controllerWarningText, saveReasonText } from '../../words/en';
import { controllerWords } from '../../words/en/controller';
import type { Settings } from '../../settings/settings';

/** The way to the controller, which the screens have from the start; what carries it is loaded after the first picture. */
export class LateController implements ControllerLink {
  private link: ControllerLink | undefined;
  private network: NetworkControllerLink | undefined;

  /** A controller is heard on the network: what it announces is taken from now on. */
  async open(settings: Settings, log: Log, clock: Clock, changed: () => void): Promise<void> {
    const [{ NetworkControllerLink }, { PackdialDialect }, { ConfirmedAddressFile }, { systemTimers }] =
      await Promise.all([
        import('../../io/controller/network-link'),
        import('../../io/controller/packdial-dialect'),
        import('../../io/controller/confirmed-address'),
        import('../../io/timers'),
      ]);
    const warn = (text: string): void => log.warn(text);
    this.network = new NetworkControllerLink({
      dialect: new PackdialDialect(),
      confirmed: new ConfirmedAddressFile(() => join(dataDir(settings), 'controller.json'), warn),
      clock,
      timers: systemTimers,
      log: { info: (text) => log.info(text), warn },
      words: saveReasonText,
      changed,
    });
    this.link = this.network;
  }

  /** Another way to the controller, such as one that relays, from now on. */
  use(link: ControllerLink): void {
    this.link = link;
  }

  /** Takes a frame of an announcement; before `open` nothing comes of it. */
  hear(frame: CanFrame, sender: string): void {
    this.network?.hear(frame, sender);
  }

  /** Ends a SAVE that is under way. */
  close(): void {
    this.network?.close();
  }

  /** What the information page says, once there is something to say. */
  information(now: number): readonly InformationLine[] {
    const { presence, warning } = this;
    if (presence.state === 'never') return [];
    const { address, heardAt, values } = presence.announced;
    const age = formatAge(now - heardAt);
    const text =
      warning === undefined
        ? controllerWords.announced(String(values.BMSID ?? ''), address, age)
        : controllerWarningText(warning);
    return [{ label: 'Controller', text }];
  }

  get presence(): ControllerPresence {
    return this.link?.presence ?? { state: 'never' };
  }

  get warning(): ControllerWarning | undefined {
    return this.link?.warning;
  }

  get saving(): SaveProgress {
    return this.link?.saving ?? { state: 'idle' };
  }

  save(changes: ControllerValues, by?: 'person' | 'relay'): Promise<ItemResults> {
    if (this.link !== undefined) return this.link.save(changes, by);
    const names = Object.keys(changes) as ControllerItemName[];
    const reason = { code: 'starting', values: {} } as const;
    return Promise.resolve(new Map(names.map((name) => [name, { state: 'refused', reason }])));
  }

  confirm(yes: boolean): void {
    this.link?.confirm(yes);
  }

  acknowledge(): void {
    this.link?.acknowledge();
  }
}
