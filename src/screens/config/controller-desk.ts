import type { ControllerLink, ItemResults } from '../../model/controller/controller-link';
import type { ControllerItemName, ControllerValues } from '../../model/controller/items';
import { idleAction } from '../../model/action-view';
import type { SaveStep } from '../../model/controller/save-reports';
import type { Units } from '../../model/temperature';
import { controllerWarningText } from '../../words/en';
import { controllerWords } from '../../words/en/controller';
import { formatAge } from '../format';
import { controllerPages } from './controller-fields';
import type { Dialog } from './dialog';
import { Draft } from './draft';
import type { Editable } from './editable';
import type { FieldPage } from './field';
import type { ControllerAway } from './pages';

/** How a SAVE at the controller goes, for the page of its results. */
export interface ControllerSaving {
  readonly running: boolean;
  readonly step: SaveStep;
  readonly results: ItemResults;
  readonly values: ControllerValues;
  /** What its temperatures are shown in. */
  readonly units: Units;
}

/** What the settings' screen knows of the controller: its pages, what was changed on them, and how the SAVE of that goes. */
export class ControllerDesk {
  /** What was changed on its pages and is not saved. */
  readonly draft = new Draft(() => this.heard);
  private pages: { readonly of: string; readonly pages: readonly FieldPage[] } | undefined;
  /** What was sent from this screen. */
  private sent: ControllerValues | undefined;
  private results: ItemResults | undefined;
  private declined = false;
  private asked: unknown;

  /** @param link default: there is none @param units what temperatures are shown in */
  constructor(
    private readonly link: ControllerLink | undefined,
    private readonly units: () => Units = () => 'celsius',
  ) {}

  /** The controller as something that can be edited, or what there is to say instead. */
  state(now: number): Editable | ControllerAway {
    const presence = this.link?.presence;
    if (presence?.state !== 'lost') return this.heard ?? { silent: undefined };
    const { values, address, heardAt } = presence.announced;
    const age = formatAge(now - heardAt);
    return { silent: controllerWords.silent(String(values.BMSID ?? ''), address, age) };
  }

  /** A SAVE of this screen that runs, or whose results were not read yet. */
  get saving(): ControllerSaving | undefined {
    const { link, sent, results } = this;
    const units = this.units();
    if (link === undefined || sent === undefined) return undefined;
    if (results !== undefined)
      return { running: false, step: summary(results), results, values: sent, units };
    const { saving } = link;
    const waiting = new Map(
      (Object.keys(sent) as ControllerItemName[]).map((name) => [name, { state: 'waiting' } as const]),
    );
    const { step, results: known }: Pick<ControllerSaving, 'step' | 'results'> =
      saving.state === 'running' ? saving : { step: { code: 'beginning', values: {} }, results: waiting };
    return { running: true, step, results: known, values: sent, units };
  }

  /** True when all that was sent last has been acknowledged. */
  get allSaved(): boolean {
    return [...(this.results?.values() ?? [])].every(({ state }) => state === 'acknowledged');
  }

  /** Sends what was changed. */
  save(): void {
    const { link } = this;
    const changes = this.draft.changes as ControllerValues;
    if (link === undefined || this.sent !== undefined || Object.keys(changes).length === 0) return;
    this.sent = changes;
    this.declined = false;
    void link.save(changes).then((results) => {
      const saved = [...results].filter(([, { state }]) => state === 'acknowledged').map(([name]) => name);
      this.draft.forget(saved);
      this.results = results;
      // Who has said no knows what has become of it.
      if (this.declined) this.read();
    });
  }

  /** The results were read. */
  read(): void {
    this.sent = undefined;
    this.results = undefined;
    this.link?.acknowledge();
  }

  /** The question whether the address is the controller's, once each time that it is asked. */
  question(): Dialog | undefined {
    const { link, sent } = this;
    const saving = link?.saving;
    if (link === undefined || sent === undefined || saving?.state !== 'confirm' || saving === this.asked) {
      return undefined;
    }
    this.asked = saving;
    const { address, before } = saving;
    const name = link.presence.state === 'heard' ? link.presence.announced.values.BMSID : undefined;
    const where = `${name === undefined ? '' : `${name} at `}${address}`;
    const what = sent.WIFIPASS === undefined ? 'Your changes go' : 'The Wi-Fi password goes';
    const why = link.warning === undefined ? '' : `${controllerWarningText(link.warning)} `;
    return {
      title: before === undefined ? 'Is this your controller?' : 'The controller has another address',
      text:
        before === undefined || before === address
          ? `${why}${where} announces this configuration. ${what} there without encryption.`
          : `${why}It was ${before} and is ${where}. ${what} there without encryption.`,
      yes: {
        label: 'Yes, send it',
        tone: 'strong',
        act: () => {
          link.confirm(true);
          return undefined;
        },
      },
      no: 'No',
      declined: () => {
        this.declined = true;
        link.confirm(false);
      },
    };
  }

  private get heard(): Editable | undefined {
    const presence = this.link?.presence;
    if (presence?.state !== 'heard') return undefined;
    const { values } = presence.announced;
    const names = Object.keys(values).sort().join();
    if (this.pages?.of !== names) this.pages = { of: names, pages: controllerPages(values, this.units) };
    return { pages: this.pages.pages, values, saving: idleAction, save: () => this.save() };
  }
}

function summary(results: ItemResults): SaveStep {
  const states = [...results.values()].map(({ state }) => state);
  const saved = states.filter((state) => state === 'acknowledged').length;
  const values = { saved, items: states.length, unanswered: states.some((state) => state === 'no answer') };
  return { code: 'finished', values };
}
