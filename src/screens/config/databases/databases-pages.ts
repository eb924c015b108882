import { isSecretKey, type DatabaseKey } from '../../../model/database-form';
import { addressFaults, databaseWords } from '../../../words/en/database-pages';
import { buildHeader, type Header } from '../chrome';
import { message, type Dialog } from '../dialog';
import type { FieldDraft } from '../draft';
import type { Field, TextField } from '../field';
import type { TypedInto } from '../keyboard-view';
import type { ViewBuilder } from '../view-builder';
import { DatabaseList } from './database-list';
import { buildDatabasePage } from './database-page';
import { mostDatabases, type DatabasesDesk, type DatabaseStep } from './databases-desk';
import { buildDatabaseList, databaseGrid } from './list-page';
import { buildDatabaseSetup, databaseSetupTitle } from './setup-pages';

/** What the pages of databases ask of the settings' screen. */
export interface DatabasesHost {
  /** Puts a question above the page. */
  ask(dialog: Dialog): void;
  /** Opens the keyboard. */
  type(field: TextField, into: TypedInto): void;
  /** SAVE was touched. */
  save(): void;
}

/** The list of databases, the page of one of them, and the pages on which one is set up. */
export class DatabasesPages {
  readonly list: DatabaseList;
  private opened: string | undefined;
  private from = 0;

  constructor(
    private readonly desk: DatabasesDesk,
    private readonly host: DatabasesHost,
  ) {
    this.list = new DatabaseList(() => desk.saved);
  }

  /** True while another page stands in place of the list. */
  get isOpen(): boolean {
    return this.opened !== undefined || this.desk.setup.step !== undefined;
  }

  /** What the picture is made of: it is built anew when that is something else. */
  get structure(): unknown {
    const { desk, list, opened, from } = this;
    const { step } = desk.setup;
    const lines = opened === undefined ? undefined : this.isLost(opened);
    return [opened, from, step, list.addresses, desk.saved, desk.isOn, lines];
  }

  /** Builds the list. @param field LOG TO DATABASE @param draft what it is changed in */
  buildList(builder: ViewBuilder, field: Field | undefined, draft: FieldDraft): void {
    const { desk, list } = this;
    const count = list.addresses.length;
    const { most } = databaseGrid(builder.frame).rows;
    if (this.from >= count) this.from = 0;
    buildDatabaseList(builder, {
      desk,
      list,
      from: this.from,
      field,
      draft,
      open: (address) => {
        this.opened = address;
      },
      add: () => this.add(),
      more: () => {
        this.from = this.from + most < count ? this.from + most : 0;
      },
    });
  }

  /** Builds the page that stands in place of the list. */
  buildOpened(builder: ViewBuilder, header: Omit<Header, 'title'>): void {
    const { opened, desk, list } = this;
    const { setup } = desk;
    if (setup.step !== undefined) return this.buildSetup(builder, header, setup.step);
    if (opened === undefined) return;
    buildHeader(builder, { ...header, title: desk.shown(opened).place });
    buildDatabasePage(builder, {
      desk,
      address: opened,
      isSaved: list.isSaved(opened),
      tryIt: () => setup.tryListed(opened),
      change: () => setup.change(opened, list.addresses),
      remove: () => this.askRemove(opened),
      back: () => this.back(),
    });
  }

  /** Goes one page back. */
  back(): void {
    if (this.desk.setup.step !== undefined) this.desk.setup.back();
    else this.opened = undefined;
  }

  /** Goes back to the list. */
  close(): void {
    this.opened = undefined;
    if (this.desk.setup.step !== undefined) this.desk.setup.cancel();
  }

  /** Nobody looks at them any more. */
  left(): void {
    this.desk.setup.pause();
  }

  private isLost(address: string): boolean | undefined {
    const live = this.desk.live(address);
    return live && live.dropped + live.refused > 0;
  }

  private add(): void {
    const { addresses } = this.list;
    if (addresses.length < mostDatabases) this.desk.setup.start(addresses);
    else this.host.ask(message(databaseWords.most(mostDatabases), databaseWords.mostText));
  }

  private buildSetup(builder: ViewBuilder, header: Omit<Header, 'title'>, step: DatabaseStep): void {
    const { setup } = this.desk;
    const wanted = step.step === 'tried' ? step.wanted : undefined;
    buildHeader(builder, {
      title: databaseSetupTitle(step),
      changes: () => (wanted === undefined ? 0 : 1),
      saving: header.saving,
      leave: () => {
        setup.cancel();
        return undefined;
      },
      save: () => {
        if (wanted === undefined) return;
        this.list.put(wanted.address, wanted.replaces);
        this.close();
        this.host.save();
      },
    });
    buildDatabaseSetup(builder, step, {
      setup,
      choose: (kind) => {
        setup.choose(kind);
        if (kind === 'other') this.edit('address');
      },
      edit: (key) => this.edit(key),
      tryIt: () => this.tryIt(),
    });
  }

  private tryIt(): void {
    const fault = this.desk.setup.tryIt();
    const { problemTitle, listedTitle, listedText } = databaseWords;
    switch (fault?.code) {
      case 'missing':
        return this.edit(fault.key);
      case 'listed':
        return this.host.ask(message(listedTitle, listedText));
      case 'address':
        return this.host.ask(message(problemTitle, addressFaults[fault.fault]));
      case undefined:
    }
  }

  private edit(key: DatabaseKey): void {
    const { setup } = this.desk;
    const field: TextField = {
      kind: 'text',
      name: `database ${key}`,
      label: databaseWords.labels[key],
      note: databaseWords.notes[key],
      restarts: true,
      fixed: '',
      keyboard: 'letters',
      secret: isSecretKey(key),
      applies: () => true,
      read: () => setup.typed(key),
      write: (values) => values,
      format: String,
      parse: (text) => {
        const value = isSecretKey(key) ? text : text.trim();
        const fault = setup.fault(key, value);
        return fault === undefined ? { value } : { problem: addressFaults[fault] };
      },
    };
    this.host.type(field, {
      values: {},
      set: (_, typed) => {
        setup.set(key, String(typed));
        return true;
      },
    });
  }

  private askRemove(address: string): void {
    this.host.ask({
      title: databaseWords.removeTitle(this.desk.shown(address).place),
      text: databaseWords.removeText,
      yes: {
        label: databaseWords.removeYes,
        tone: 'danger',
        act: () => {
          this.list.remove(address);
          this.close();
          return undefined;
        },
      },
      no: databaseWords.goBack,
    });
  }
}
