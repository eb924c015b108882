import type { Clock } from '../../base/clock';
import type {
  AnnouncedConfiguration,
  ControllerLink,
  ControllerPresence,
  ItemResult,
  ItemResults,
  SaveProgress,
} from '../../model/controller/controller-link';
import type { ControllerItemName, ControllerValues } from '../../model/controller/items';
import type { ControllerWarning, SaveReason } from '../../model/controller/save-reports';
import { problemsWith, redacted } from '../../model/controller/values';
import type { CanFrame } from '../../protocol/can-frame';
import type { Timers } from '../timers';
import { Announcements } from './announcements';
import type { ConfirmedAddress } from './confirmed-address';
import type { ControllerDialect } from './controller-dialect';
import { SaveRun } from './save-run';

/** ms that a question for the address stands before it is taken for a no: its asker has gone away. */
const questionPatience = 180_000;

/** What the link needs of the program. */
export interface NetworkLinkParts {
  readonly dialect: ControllerDialect;
  readonly confirmed: ConfirmedAddress;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly timers: Timers;
  readonly log: { readonly info: (text: string) => void; readonly warn: (text: string) => void };
  /** Puts a reason into words, for the log. */
  readonly words: (reason: SaveReason) => string;
  /** Something looks different now. */
  readonly changed: () => void;
}

/** The controller that broadcasts on the network, configured over a connection to the address its announcements come from. */
export class NetworkControllerLink implements ControllerLink {
  private readonly announcements: Announcements;
  private progress: SaveProgress = { state: 'idle' };
  private busy = false;
  private answer: ((yes: boolean) => void) | undefined;
  private readonly stop = new AbortController();

  constructor(private readonly parts: NetworkLinkParts) {
    this.announcements = new Announcements(parts.dialect, parts.clock, parts.log);
  }

  get presence(): ControllerPresence {
    return this.announcements.presence;
  }

  get warning(): ControllerWarning | undefined {
    return this.announcements.warning;
  }

  get saving(): SaveProgress {
    return this.progress;
  }

  /** Takes a frame of an announcement, and the IP address that it came from. */
  hear(frame: CanFrame, sender: string): void {
    if (this.announcements.hear(frame, sender)) this.parts.changed();
  }

  async save(changes: ControllerValues, by: 'person' | 'relay' = 'person'): Promise<ItemResults> {
    if (this.busy) return refusedAll(changes, { code: 'save-under-way', values: {} });
    this.busy = true;
    try {
      return await this.saveAlone(changes, by);
    } finally {
      this.busy = false;
    }
  }

  confirm(yes: boolean): void {
    this.answer?.(yes);
  }

  acknowledge(): void {
    if (this.progress.state === 'finished') this.tell({ state: 'idle' });
  }

  /** Ends what is under way; nothing is sent any more. */
  close(): void {
    this.stop.abort();
    this.answer?.(false);
  }

  private async saveAlone(changes: ControllerValues, by: 'person' | 'relay'): Promise<ItemResults> {
    const { presence } = this;
    if (presence.state !== 'heard') {
      return this.finish(undefined, changes, refusedAll(changes, { code: 'controller-silent', values: {} }));
    }
    const { announced } = presence;
    const results = this.checked(announced, changes);
    const good = Object.fromEntries(
      Object.entries(changes).filter(
        ([name]) => results.get(name as ControllerItemName)?.state === 'waiting',
      ),
    ) as ControllerValues;
    if (Object.keys(good).length === 0) return this.finish(announced, changes, results);
    const objection = await this.objection(announced.address, results, by);
    if (objection !== undefined) return this.finish(announced, changes, refusedAll(changes, objection));
    const run = new SaveRun({ ...this.parts, signal: this.stop.signal }, announced.address, good, results);
    await run.run((step) => this.tell({ state: 'running', step, results: run.results }));
    return this.finish(announced, changes, run.results);
  }

  /** Every item waits, or is refused because it must not leave. */
  private checked(announced: AnnouncedConfiguration, changes: ControllerValues): ItemResults {
    const problems = problemsWith(announced.values, changes);
    return new Map(
      (Object.keys(changes) as ControllerItemName[]).map((name): [ControllerItemName, ItemResult] => {
        const reason = problems.get(name);
        return [name, reason === undefined ? { state: 'waiting' } : { state: 'refused', reason }];
      }),
    );
  }

  /** Why nothing may be sent to an address, or `undefined` when it may. Asks, if there is somebody to ask. */
  private async objection(
    address: string,
    results: ItemResults,
    by: 'person' | 'relay',
  ): Promise<SaveReason | undefined> {
    const { confirmed, timers } = this.parts;
    const before = await confirmed.read();
    const rivals = this.announcements.rivalled;
    if (before === address && !rivals) return undefined;
    if (by === 'relay') {
      return { code: rivals ? 'controllers-on-one-port' : 'address-unknown-to-relay', values: {} };
    }
    const yes = await new Promise<boolean>((resolve) => {
      const forget = timers.after(questionPatience, () => resolve(false));
      this.answer = (said) => {
        forget();
        resolve(said);
      };
      this.tell({ state: 'confirm', address, before, results });
    });
    this.answer = undefined;
    if (!yes) return { code: 'address-not-confirmed', values: {} };
    const { presence } = this;
    if (presence.state !== 'heard' || presence.announced.address !== address) {
      return { code: 'address-changed', values: {} };
    }
    await confirmed.remember(address);
    return undefined;
  }

  private finish(
    announced: AnnouncedConfiguration | undefined,
    changes: ControllerValues,
    results: ItemResults,
  ): ItemResults {
    const saved = Object.fromEntries(
      Object.entries(changes).filter(
        ([name]) => results.get(name as ControllerItemName)?.state === 'acknowledged',
      ),
    ) as ControllerValues;
    if (announced !== undefined) this.announcements.acknowledged(announced.address, saved);
    this.tell({ state: 'finished', results });
    this.log(announced, changes, results);
    return results;
  }

  private log(
    announced: AnnouncedConfiguration | undefined,
    changes: ControllerValues,
    results: ItemResults,
  ): void {
    const { log, words } = this.parts;
    const lines = [...results].map(([name, result]) => {
      const value = changes[name];
      const item = value === undefined ? name : redacted({ [name]: value });
      return `${item} ${result.state}${'reason' in result ? ` (${words(result.reason)})` : ''}`;
    });
    const good = [...results.values()].every(({ state }) => state === 'acknowledged');
    (good ? log.info : log.warn)(`SAVE to controller ${announced?.address ?? ''}: ${lines.join(', ')}`);
  }

  private tell(progress: SaveProgress): void {
    this.progress = progress;
    this.parts.changed();
  }
}

function refusedAll(changes: ControllerValues, reason: SaveReason): ItemResults {
  return new Map(
    (Object.keys(changes) as ControllerItemName[]).map((name) => [name, { state: 'refused', reason }]),
  );
}
