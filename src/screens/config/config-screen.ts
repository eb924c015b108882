import type { Units } from '../../model/temperature';
import type { Scene } from '../../render/scene';
import type { DragPhase, FirstStep, Intent, KeyEvent, Screen, Surroundings, TouchTarget } from '../screen';
import type { ScreenOptions } from '../screen-options';
import { buildChrome, type Header } from './chrome';
import { ControllerDesk } from './controller-desk';
import type { DevicesHost } from './devices/devices-pages';
import { listGrid } from './devices/list-page';
import { buildDialog, message, noticeMessage, type Dialog } from './dialog';
import { Draft } from './draft';
import { beginSetUp, sourcePage } from './first-steps';
import { layoutFrame, rowGrid, type Frame } from './frame';
import { indexGrid } from './index-page';
import { buildKeyboard, TypedText } from './keyboard-view';
import { HeldButton } from './held-button';
import { chosenPage, configPages, pageKey, type ConfigPage, type ConfigParts } from './pages';
import { buildPageBody } from './page-body';
import { mostLines, ownLines } from './plain-pages';
import type { InformationLine } from './service';
import { followController, leaveQuestion, ownWords, restartQuestion } from './save-questions';
import { buildSaveResults } from './save-results';
import { SubPages, type Change } from './sub-pages';
import { ViewBuilder, type View } from './view-builder';
import { actionText } from '../../words/en';

/** What the screen is made with. */
export interface ConfigScreenOptions extends ScreenOptions {
  readonly config?: ConfigParts;
}

const stay = { kind: 'none' } as const;
const home = { kind: 'open', screen: 'main' } as const;

/**
 * The settings: pages with arrows, an X and SAVE. What is changed is a draft until it is saved. The picture is put together
 * anew whenever there is something else on it, and told the values otherwise.
 */
export class ConfigScreen implements Screen {
  readonly name = 'settings';
  private readonly frame: Frame;
  private readonly parts: ConfigParts;
  private readonly draft = new Draft(() => this.parts.editor);
  private readonly controller: ControllerDesk;
  private readonly lists: SubPages;
  private readonly held = new HeldButton();
  private readonly host: DevicesHost = {
    ask: (dialog) => (this.dialog = dialog),
    type: (field, into) => (this.typed = new TypedText(field, into)),
    openSource: () => (this.pageId = sourcePage(this.pages())),
    save: () => this.askSave(),
  };
  private pageId: string | undefined;
  private typed: TypedText | undefined;
  private dialog: Dialog | undefined;
  private told: unknown;
  /** Results of the controller that the display's own changes have followed already. */
  private followed: unknown;
  private structure = '';
  private view: View;
  private surroundings: Surroundings | undefined;

  constructor(private readonly options: ConfigScreenOptions) {
    this.parts = options.config ?? {};
    const units = (): Units =>
      this.parts.editor?.values['units'] === 'fahrenheit' ? 'fahrenheit' : 'celsius';
    this.controller = new ControllerDesk(this.parts.controller, units);
    this.lists = new SubPages(this.parts, this.host);
    this.frame = layoutFrame(options.width, options.height, options.finger);
    this.view = this.refresh();
  }

  get scene(): Scene {
    return this.view.scene;
  }

  get targets(): readonly TouchTarget[] {
    return this.view.targets;
  }

  update(surroundings: Surroundings): number | undefined {
    this.surroundings = surroundings;
    this.listen();
    const wait = this.held.look(surroundings.now);
    this.refresh();
    const shown = this.view.show(surroundings);
    const waits = [wait, shown].filter((ms) => ms !== undefined);
    return waits.length === 0 ? undefined : Math.min(...waits);
  }

  tap(target: string): Intent {
    const intent = this.view.actions.get(target)?.tap?.();
    this.refresh();
    return intent ?? stay;
  }

  drag(target: string, phase: DragPhase, x: number, y: number): void {
    this.view.actions.get(target)?.drag?.(phase, x, y);
    this.refresh();
  }

  press(target: TouchTarget | undefined): void {
    this.view.press(target);
    this.held.press(target?.name, target && this.view.actions.get(target.name)?.repeat);
    this.view.show(this.surroundings);
  }

  setUp(step: FirstStep): void {
    const { editor, wifi } = this.parts;
    const isOffline = wifi !== undefined && this.surroundings?.address === undefined;
    const parts = { editor, draft: this.draft, devices: this.lists.devices, isOffline };
    this.pageId = beginSetUp(step, parts, () => this.pages());
    this.refresh();
  }

  left(): void {
    this.lists.left();
  }

  key({ key, action, command }: KeyEvent): boolean | Intent {
    if (command) return false;
    const intent = this.useKey(key, action === 'repeat');
    this.refresh();
    return intent;
  }

  private useKey(key: string, repeated: boolean): boolean | Intent {
    if (this.dialog !== undefined) {
      if (repeated || (key !== 'Escape' && key !== 'Enter')) return true;
      const { no, yes, declined } = this.dialog;
      this.dialog = undefined;
      if (key === 'Enter' || no === undefined) return yes.act() ?? true;
      declined?.();
      return true;
    }
    if (this.controller.saving !== undefined) {
      if (!repeated && (key === 'Enter' || key === 'Escape')) this.readResults();
      return true;
    }
    if (this.typed !== undefined) {
      const wish = this.typed.key(key);
      if (wish === 'cancel') this.typed = undefined;
      if (wish === 'done') this.enter();
      return true;
    }
    if (repeated) return true;
    const pages = this.pages();
    const opened = this.lists.opened(this.page(pages));
    if (opened !== undefined) {
      if (key === 'Escape') opened.back();
      return true;
    }
    if (key === 'Escape') return this.leave() ?? true;
    const to = pages.indexOf(this.page(pages)) + (key === 'Left' ? -1 : key === 'Right' ? 1 : NaN);
    const page = pages[to];
    // Beyond the ends lie the other screens.
    if (page === undefined) return (key === 'Left' || key === 'Right') && this.unsaved > 0;
    this.pageId = page.id;
    return true;
  }

  private get unsaved(): number {
    return this.ownChanges.length + this.controller.draft.changedFields.length;
  }

  /** What of the display's own was changed: single settings, and lists. */
  private get ownChanges(): readonly Change[] {
    return [...this.draft.changedFields, ...this.lists.changed];
  }

  private pages(): readonly ConfigPage[] {
    const drafts = { own: this.draft, controller: this.controller.draft };
    const controller = this.controller.state(this.surroundings?.now ?? 0);
    return configPages(this.parts, controller, drafts, this.lists.devices?.rows ?? 0, {
      fields: rowGrid(this.frame).most,
      parts: indexGrid(this.frame).most,
      devices: listGrid(this.frame).most,
      lines: mostLines(this.frame),
    });
  }

  private page(pages: readonly ConfigPage[]): ConfigPage {
    const page = chosenPage(pages, this.pageId, this.parts.devices?.isSilent === true);
    this.pageId = page.id;
    return page;
  }

  /** Looks whether there is something that has to be told at once, or to be saved after what the controller has taken. */
  private listen(): void {
    const { editor, notices } = this.parts;
    const results = this.controller.saving;
    if (results?.running === false && results.results !== this.followed) {
      this.followed = results.results;
      // A restart would take the results away before they were read.
      if (this.controller.allSaved && !this.ownRestarts) this.saveOwn();
    }
    if (this.dialog !== undefined) return;
    if (editor?.notice !== undefined) {
      this.dialog = noticeMessage(editor.notice, () => editor.acknowledge());
      return;
    }
    const notice = notices?.unread;
    if (notice !== undefined) {
      this.dialog = noticeMessage(notice.report, () => notices?.read(notice));
      return;
    }
    this.dialog = this.controller.question();
    const saving = editor?.saving;
    if (this.dialog !== undefined || saving?.state !== 'failed' || saving === this.told) return;
    this.told = saving;
    const text = `${actionText(saving)} They are kept here until you leave.`;
    this.dialog = message('The changes could not be saved', text);
  }

  private leave(): Intent | undefined {
    const act = (): Intent => {
      this.draft.drop();
      this.controller.draft.drop();
      this.lists.drop();
      this.pageId = undefined;
      return home;
    };
    if (this.unsaved === 0) return act();
    this.dialog = leaveQuestion([...this.ownChanges, ...this.controller.draft.changedFields], act);
    return undefined;
  }

  /** The controller comes first: the display's own changes may need a restart, and are saved when it has taken its own. */
  private askSave(): void {
    const go = (): undefined => this.askRestart();
    this.dialog = followController(this.controller.draft, this.draft, this.parts.editor, go);
    if (this.dialog === undefined) go();
  }

  private askRestart(): undefined {
    const restarting = this.ownChanges.filter(({ restarts }) => restarts);
    const { editor } = this.parts;
    if (restarting.length === 0 || editor === undefined) {
      this.save();
      return;
    }
    this.dialog = restartQuestion(restarting, editor.restarts === 'by itself', () => this.save());
  }

  private save(): undefined {
    if (this.controller.draft.changedFields.length > 0) this.controller.save();
    else this.saveOwn();
  }

  private get ownRestarts(): boolean {
    return this.ownChanges.some(({ restarts }) => restarts);
  }

  private saveOwn(): void {
    if (this.ownChanges.length === 0) return;
    this.parts.editor?.save({ ...this.draft.changes, ...this.lists.changes });
  }

  private readResults(): void {
    if (this.controller.saving?.running !== false) return;
    const { allSaved } = this.controller;
    this.controller.read();
    if (allSaved && this.ownRestarts) this.saveOwn();
  }

  private enter(): void {
    const { typed } = this;
    // What was typed may open the keyboard for something else.
    if (typed?.enter() === true && this.typed === typed) this.typed = undefined;
  }

  /** Builds the picture anew where it has to have other parts. */
  private refresh(): View {
    const pages = this.pages();
    const page = this.page(pages);
    this.lists.shown(page);
    const { typed, dialog } = this;
    const structure = JSON.stringify([
      pages.map(({ id }) => id),
      pageKey(page),
      this.controller.saving !== undefined && [...this.controller.saving.results.keys()],
      page.kind === 'information' && this.information().map(({ label }) => label),
      this.lists.structure(page),
      typed && [typed.field.name, typed.field.label, typed.layer],
      dialog && [dialog.title, dialog.text],
    ]);
    if (structure !== this.structure) {
      this.structure = structure;
      this.held.release();
      this.view = this.build(page);
    }
    this.view.show(this.surroundings);
    return this.view;
  }

  private build(page: ConfigPage): View {
    if (this.typed !== undefined && this.dialog === undefined) {
      const cancel = (): void => {
        this.typed = undefined;
      };
      return buildKeyboard(this.options, this.typed, { done: () => this.enter(), cancel });
    }
    const { palette, styles } = this.options;
    const builder = new ViewBuilder(this.frame, palette, styles);
    if (this.controller.saving !== undefined) this.buildResults(builder);
    else this.buildPages(builder, page);
    if (this.dialog !== undefined) {
      buildDialog(builder, this.dialog, () => {
        this.dialog = undefined;
      });
    }
    return builder.build();
  }

  private buildResults(builder: ViewBuilder): void {
    const own = this.ownChanges.length > 0;
    buildSaveResults(builder, {
      saving: () => this.controller.saving,
      own: () => (own ? ownWords(this.ownChanges, this.controller) : ''),
      label: () => (this.controller.allSaved && this.ownRestarts ? 'OK, restart' : 'OK'),
      read: () => this.readResults(),
    });
  }

  private buildPages(builder: ViewBuilder, page: ConfigPage): void {
    const header: Omit<Header, 'title'> = {
      changes: () => this.unsaved,
      saving: () => this.saving(),
      leave: () => this.leave(),
      save: () => this.askSave(),
    };
    const opened = this.lists.opened(page);
    if (opened !== undefined) {
      opened.buildOpened(builder, header);
      return;
    }
    const turn = (step: 1 | -1): void => this.turn(step);
    const openIndex = page.kind === 'index' ? undefined : (): void => this.open('index');
    buildChrome(builder, { ...header, title: page.title, turn, openIndex });
    buildPageBody(builder, page, {
      lists: this.lists,
      open: (id) => this.open(id),
      edit: (field, into) => (this.typed = new TypedText(field, into)),
      ask: (dialog) => (this.dialog = dialog),
      information: (surroundings) => this.information(surroundings),
    });
  }

  private open(pageId: string): void {
    this.pageId = pageId;
  }

  private information(surroundings?: Surroundings): readonly InformationLine[] {
    return ownLines(surroundings, this.parts.information?.() ?? []);
  }

  private turn(step: 1 | -1): void {
    const pages = this.pages();
    const index = (pages.indexOf(this.page(pages)) + step + pages.length) % pages.length;
    this.pageId = pages[index]?.id;
  }

  private saving(): { readonly running: boolean; readonly done: string } {
    const saving = this.parts.editor?.saving;
    return {
      running: saving?.state === 'running',
      done: saving?.state === 'done' ? actionText(saving) : '',
    };
  }
}
