import type { WifiNetwork } from '../../../model/wifi';
import { wifiWords } from '../../../words/en/wifi';
import { buildHeader, type Header } from '../chrome';
import type { Dialog } from '../dialog';
import type { Parsed, TextField } from '../field';
import { listGrid } from '../devices/list-page';
import type { TypedInto } from '../keyboard-view';
import type { ViewBuilder } from '../view-builder';
import type { WifiDesk } from './wifi-desk';
import { buildWifiList } from './wifi-list';
import { buildWifiPage } from './wifi-page';

/** What the pages of Wi-Fi ask of the settings' screen. */
export interface WifiHost {
  /** Puts a question above the page. */
  ask(dialog: Dialog): void;
  /** Opens the keyboard. */
  type(field: TextField, into: TypedInto): void;
}

interface Opened {
  readonly id: string;
  readonly name: string;
  readonly isHidden: boolean;
}

/** The list of networks, and the page of one of them. A password that was typed goes to the desk, and is kept nowhere here. */
export class WifiPages {
  private opened: Opened | undefined;
  private from = 0;

  constructor(
    private readonly desk: WifiDesk,
    private readonly host: WifiHost,
  ) {}

  /** True while another page stands in place of the list. */
  get isOpen(): boolean {
    return this.opened !== undefined;
  }

  /** What the picture is made of: it is built anew when that is something else. */
  get structure(): unknown {
    const { view, trouble, failure, attempt } = this.desk;
    const joining = attempt?.isRunning === true ? { ...attempt, report: undefined } : attempt;
    return [this.opened, this.from, view, trouble, failure, joining];
  }

  /** A page of Wi-Fi is shown, or no longer. */
  shown(isShown: boolean): void {
    this.desk.shown(isShown);
  }

  /** Builds the list. */
  buildList(builder: ViewBuilder): void {
    const { desk } = this;
    const count = desk.view?.networks.length ?? 0;
    const { most } = listGrid(builder.frame);
    if (this.from >= count) this.from = 0;
    buildWifiList(builder, {
      desk,
      from: this.from,
      open: (network) => this.open(network),
      openHidden: () => this.askName(),
      more: () => {
        this.from = this.from + most < count ? this.from + most : 0;
      },
    });
  }

  /** Builds the page that stands in place of the list. */
  buildOpened(builder: ViewBuilder, header: Omit<Header, 'title'>): void {
    const { opened, desk } = this;
    if (opened === undefined) return;
    buildHeader(builder, { ...header, title: opened.name });
    const network = this.network;
    buildWifiPage(builder, {
      desk,
      network,
      attempt: desk.attempt?.id === opened.id ? desk.attempt : undefined,
      back: () => this.back(),
      join: () => this.join(opened, network),
      otherPassword: () => this.askPassword(opened, false),
      forget: () => this.askForget(opened),
    });
  }

  /** Goes back to the list. */
  back(): void {
    this.desk.read();
    this.opened = undefined;
  }

  private get network(): WifiNetwork | undefined {
    return this.desk.view?.networks.find(({ id }) => id === this.opened?.id);
  }

  private open(network: WifiNetwork): void {
    const opened = { id: network.id, name: network.name, isHidden: false };
    this.desk.read();
    // There is nothing to be seen of it that the list does not say: one touch less.
    if (network.security === 'password' && !network.isKnown && !network.isJoined)
      return this.askPassword(opened, false);
    this.opened = opened;
  }

  private join(opened: Opened, network: WifiNetwork | undefined): void {
    const failed = this.desk.attempt?.id === opened.id ? this.desk.attempt.report.code : undefined;
    const isWrong = failed === 'wifi-wrong-password' || failed === 'wifi-refused';
    const wantsPassword = network === undefined || network.security === 'password';
    if (wantsPassword && (isWrong || network?.isKnown !== true))
      return this.askPassword(opened, opened.isHidden);
    this.begin(opened, undefined);
  }

  private begin(opened: Opened, password: string | undefined): void {
    const { id, name, isHidden } = opened;
    this.opened = opened;
    this.desk.join({ id, password, isHidden }, name);
  }

  /** @param canBeEmpty the network may be an open one */
  private askPassword(opened: Opened, canBeEmpty: boolean): void {
    const field = plainField({
      name: 'wifi password',
      label: wifiWords.password(opened.name),
      note: canBeEmpty ? wifiWords.hiddenPasswordNote : wifiWords.passwordNote,
      secret: true,
      parse: (text) => {
        const count = Buffer.byteLength(text);
        if ((count >= 8 && count <= 63) || (canBeEmpty && count === 0)) return { value: text };
        return { problem: wifiWords.passwordProblem(Array.from(text).length) };
      },
    });
    this.host.type(field, {
      values: {},
      set: (_, typed) => {
        this.begin(opened, typed === '' ? undefined : String(typed));
        return true;
      },
    });
  }

  private askName(): void {
    const field = plainField({
      name: 'wifi name',
      label: wifiWords.hiddenName,
      note: wifiWords.hiddenNote,
      secret: false,
      parse: (text) => {
        const bytes = Buffer.byteLength(text);
        return bytes >= 1 && bytes <= 32 ? { value: text } : { problem: wifiWords.nameProblem };
      },
    });
    this.host.type(field, {
      values: {},
      set: (_, typed) => {
        const name = String(typed);
        this.askPassword({ id: Buffer.from(name).toString('hex'), name, isHidden: true }, true);
        return true;
      },
    });
  }

  private askForget({ id, name }: Opened): void {
    const { isJoined = false, security } = this.network ?? {};
    const { forgetJoined, forgetOpen, forgetText } = wifiWords;
    const consequence = security === 'open' ? forgetOpen : forgetText;
    this.host.ask({
      title: wifiWords.forgetTitle(name),
      text: isJoined ? `${forgetJoined} ${consequence}` : consequence,
      yes: {
        label: wifiWords.forgetYes,
        tone: 'danger',
        act: () => {
          this.desk.forget(id);
          this.back();
          return undefined;
        },
      },
      no: wifiWords.goBack,
    });
  }
}

function plainField(own: {
  readonly name: string;
  readonly label: string;
  readonly note: string;
  readonly secret: boolean;
  readonly parse: (text: string) => Parsed;
}): TextField {
  return {
    kind: 'text',
    restarts: false,
    fixed: '',
    keyboard: 'letters',
    applies: () => true,
    read: () => '',
    write: (values) => values,
    format: String,
    ...own,
  };
}
