import type { Clock } from '../../base/clock';
import type { AnnouncedConfiguration, ControllerPresence } from '../../model/controller/controller-link';
import {
  controllerItem,
  controllerItemNames,
  type ControllerItemName,
  type ControllerValues,
} from '../../model/controller/items';
import type { ControllerWarning } from '../../model/controller/save-reports';
import { withoutSecrets } from '../../model/controller/values';
import type { CanFrame } from '../../protocol/can-frame';
import type { ControllerDialect } from './controller-dialect';

/** ms of silence after which a controller is not taken for being there: six announcements. */
export const presenceLimit = 30_000;
/** ms for which what was acknowledged is shown while the controller still announces what was before. */
export const trustLimit = 15_000;

/** What is announced on the network, and by whom. The first controller is kept to until it falls silent. */
export class Announcements {
  private announced: AnnouncedConfiguration | undefined;
  private keptSender: string | undefined;
  private rival: { readonly address: string; readonly at: number } | undefined;
  private trusted: { readonly values: ControllerValues; readonly at: number } | undefined;
  private warned = '';

  constructor(
    private readonly dialect: Pick<ControllerDialect, 'hear'>,
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly log: { readonly info: (text: string) => void; readonly warn: (text: string) => void },
  ) {}

  /** Whether there is a controller, with what is known of its configuration. */
  get presence(): ControllerPresence {
    const { announced } = this;
    if (announced === undefined) return { state: 'never' };
    const values = { ...announced.values, ...(this.trusting ? this.trusted?.values : {}) };
    const state = this.isHeard(announced) ? 'heard' : 'lost';
    return { state, announced: { ...announced, values } };
  }

  /** Another controller sends to the same UDP port. */
  get rivalled(): boolean {
    return this.rival !== undefined && this.clock.monotonic() - this.rival.at < presenceLimit;
  }

  /** What is not as it should be. */
  get warning(): ControllerWarning | undefined {
    const { announced, unkept } = this;
    if (this.rivalled) {
      const values = { address: announced?.address ?? '', other: this.rival?.address ?? '' };
      return { code: 'two-controllers', values };
    }
    return unkept.length === 0 ? undefined : { code: 'values-not-kept', values: { items: unkept } };
  }

  /** What the controller has acknowledged while it goes on to announce another value. */
  private get unkept(): readonly ControllerItemName[] {
    const { trusted, announced } = this;
    if (trusted === undefined || announced === undefined || this.trusting) return [];
    return controllerItemNames.filter(
      (name) =>
        trusted.values[name] !== undefined &&
        announced.values[name] !== undefined &&
        announced.values[name] !== trusted.values[name],
    );
  }

  /** Takes a frame. Returns true when there is something new to show. */
  hear(frame: CanFrame, sender: string): boolean {
    const heard = this.dialect.hear(frame, sender, this.keptSender);
    switch (heard.kind) {
      case 'more':
        return false;
      case 'broken':
        this.log.warn(`Announcement of ${sender} not used: ${heard.problem}`);
        return false;
      case 'again':
      case 'announced':
        this.take(heard.values, heard.address, sender, heard.kind === 'announced');
        return true;
    }
  }

  /** Values that the controller at this address has acknowledged: they are shown until it announces anew. */
  acknowledged(address: string, values: ControllerValues): void {
    if (this.announced?.address !== address || Object.keys(values).length === 0) return;
    const shown = withoutSecrets({ ...this.trusted?.values, ...values });
    this.trusted = { values: shown, at: this.clock.monotonic() };
  }

  private take(values: ControllerValues, address: string, sender: string, anew: boolean): void {
    const heardAt = this.clock.monotonic();
    const before = this.announced;
    if (before !== undefined && before.address !== address && this.isHeard(before)) {
      this.noteRival(address, heardAt);
      return;
    }
    if (before?.address !== address) this.log.info(`Controller at ${address} announces its configuration`);
    if (anew || before?.address !== address) this.trusted = undefined;
    if (this.rival?.address === address) this.rival = undefined;
    this.announced = { values, address, heardAt };
    this.keptSender = sender;
    this.tellUnkept();
  }

  private get trusting(): boolean {
    return this.trusted !== undefined && this.clock.monotonic() - this.trusted.at < trustLimit;
  }

  private isHeard({ heardAt }: AnnouncedConfiguration): boolean {
    return this.clock.monotonic() - heardAt < presenceLimit;
  }

  private noteRival(address: string, at: number): void {
    if (this.rival?.address !== address) {
      this.log.warn(
        `A second controller at ${address} sends to the same UDP port; ${this.announced?.address ?? ''} is kept to`,
      );
    }
    this.rival = { address, at };
  }

  private tellUnkept(): void {
    const names = listed(this.unkept);
    if (names === this.warned) return;
    this.warned = names;
    if (names !== '') this.log.warn(`The controller has acknowledged another ${names} than it announces`);
  }
}

function listed(names: readonly ControllerItemName[]): string {
  return names.map((name) => controllerItem(name).label).join(', ');
}
