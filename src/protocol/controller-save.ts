import type { ControllerItemName } from '../model/controller/items';
import type { SaveReason } from '../model/controller/save-reports';
import type { LineProblem, ProtocolLine } from './controller-lines';

/** What the controller has said of an item so far. `taken` is no promise yet: only DONE makes it one. */
export type ItemAnswer =
  | { readonly state: 'unsent' }
  | { readonly state: 'sent' }
  | { readonly state: 'taken' }
  | { readonly state: 'refused'; readonly reason: SaveReason };

/** How a conversation ended. */
export type SaveVerdict =
  /** What was taken is kept. */
  | { readonly kind: 'done' }
  /** Nothing is kept, and asking again would not help. */
  | { readonly kind: 'failed'; readonly reason: SaveReason }
  /** Nothing is kept; it may work later. */
  | { readonly kind: 'busy'; readonly reason: SaveReason }
  /** What came made no sense. */
  | { readonly kind: 'broken'; readonly reason: SaveReason };

/** What to do next: send a line, or stop. */
export type SaveStep = { readonly send: ProtocolLine } | { readonly over: SaveVerdict };

/** The version of the conversation. */
export const saveFormat = '1';

/**
 * The display's side of one SAVE (docs/controller-protocol.md): SAVE, an item at a time, COMMIT. It knows no connection; it
 * is told lines and says what to send.
 */
export class SaveConversation {
  /** What the controller has said so far of each item, in their order. */
  readonly answers = new Map<ControllerItemName, ItemAnswer>();
  private readonly order: readonly ControllerItemName[];
  private readonly texts: ReadonlyMap<ControllerItemName, string>;
  /** -1: waiting for HELLO; the number of items: waiting for DONE. */
  private at = -1;

  /** @param items what to set, as it is written on the wire, in this order */
  constructor(items: ReadonlyMap<ControllerItemName, string>) {
    this.order = [...items.keys()];
    this.texts = items;
    for (const name of this.order) this.answers.set(name, { state: 'unsent' });
  }

  /** True from when COMMIT was sent: without an answer nobody knows whether the items are kept. */
  get committing(): boolean {
    return this.at === this.order.length;
  }

  /** The line that opens the conversation. */
  begin(): ProtocolLine {
    return { word: 'SAVE', text: saveFormat };
  }

  /** Takes the controller's next line. */
  take({ word, text }: ProtocolLine): SaveStep {
    if (word === 'FAIL') return { over: { kind: 'failed', reason: reasonOf(text) } };
    if (word === 'BUSY') return { over: { kind: 'busy', reason: reasonOf(text) } };
    if (this.at < 0) return word === 'HELLO' ? this.next() : broken(word);
    if (this.committing) {
      return word === 'DONE' && text === String(this.taken)
        ? { over: { kind: 'done' } }
        : broken(`${word} ${text}`);
    }
    const name = this.order[this.at];
    const [label = '', ...rest] = text.split(' ');
    if (name === undefined || label !== name || (word !== 'ACK' && word !== 'NAK')) return broken(word);
    this.answers.set(
      name,
      word === 'ACK' ? { state: 'taken' } : { state: 'refused', reason: reasonOf(rest.join(' ')) },
    );
    return this.next();
  }

  private get taken(): number {
    return [...this.answers.values()].filter(({ state }) => state === 'taken').length;
  }

  private next(): SaveStep {
    this.at++;
    const name = this.order[this.at];
    if (name === undefined) return { send: { word: 'COMMIT', text: String(this.taken) } };
    this.answers.set(name, { state: 'sent' });
    return { send: { word: name, text: this.texts.get(name) ?? '' } };
  }
}

/** What is wrong with a stream of lines. */
export function lineReason(problem: LineProblem): SaveReason {
  return { code: problem === 'check sum' ? 'answer-damaged' : 'answer-not-understood', values: {} };
}

function broken(what: string): SaveStep {
  const answer = what.slice(0, 24);
  return { over: { kind: 'broken', reason: { code: 'answer-unexpected', values: { answer } } } };
}

/** A controller's own words, as many as a screen has room for. */
function reasonOf(text: string): SaveReason {
  const words = Array.from(text.trim()).slice(0, 80).join('');
  return words === '' ? { code: 'said-nothing', values: {} } : { code: 'said', values: { words } };
}
