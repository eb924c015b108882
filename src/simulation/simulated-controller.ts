import { isControllerItem, type ControllerValues } from '../model/controller/items';
import { noSuchItem, problemWith, problemsWith, readItem } from '../model/controller/values';
import { itemProblemText } from '../words/en';
import type { CanFrame } from '../protocol/can-frame';
import { encodeAnnouncement } from '../protocol/controller-announcement';
import type { ProtocolLine } from '../protocol/controller-lines';
import { saveFormat } from '../protocol/controller-save';
import { writeAnnouncement } from '../protocol/controller-text';

/** What a simulated controller is configured as at first. */
export const firstValues: ControllerValues = {
  HIVOLT: 4.2,
  LOVOLT: 3.2,
  BALVOLT: 3.9,
  HITEMP: 55,
  CAN0SPEED: '1000K',
  CAN1SPEED: '250K',
  SSID: 'packdial',
  WIFIPASS: 'only simulated',
  TIMEZONE: 'CST6CDT,M3.2.0/2,M11.1.0',
  BMSID: 'Simulated',
  UDPPORT: 6500,
};

/** What a controller says to a line. */
export type ControllerReply =
  | { readonly kind: 'say'; readonly line: ProtocolLine }
  /** Everything was sent: keep `values`, and only when they are kept say `line`. */
  | { readonly kind: 'keep'; readonly values: ControllerValues; readonly line: ProtocolLine }
  /** Say `line` and end the connection: this is no conversation. */
  | { readonly kind: 'end'; readonly line: ProtocolLine };

/**
 * The controller's side of docs/controller-protocol.md, as a reference for who builds one: it announces what it holds, and
 * takes changes as a whole. It knows no wire and no disk.
 */
export class SimulatedController {
  private version = 0;

  /** @param held passwords among them */
  constructor(
    private held: ControllerValues = firstValues,
    private readonly savePort = 6501,
  ) {}

  /** What it is configured with, passwords among it. */
  get values(): ControllerValues {
    return this.held;
  }

  /** The frames of one announcement, to be sent every five seconds and after each change. */
  announcement(): CanFrame[] {
    return encodeAnnouncement(
      writeAnnouncement({ values: this.held, savePort: this.savePort }),
      this.version,
    );
  }

  /** Takes over what is kept now. */
  become(values: ControllerValues): void {
    this.held = values;
    this.version = (this.version + 1) % 256;
  }

  /** A display that has connected. */
  conversation(): ControllerConversation {
    return new ControllerConversation(this);
  }
}

/** One SAVE. Nothing has any effect until COMMIT; what came before is forgotten with the connection. */
export class ControllerConversation {
  private greeted = false;
  private staged: ControllerValues = {};

  constructor(private readonly controller: SimulatedController) {}

  /** Takes a line; returns what the controller answers. */
  take({ word, text }: ProtocolLine): ControllerReply {
    if (!this.greeted) {
      if (word !== 'SAVE') return fail('SAVE comes first');
      if (text !== saveFormat) return fail(`only format ${saveFormat} is understood`);
      this.greeted = true;
      return say('HELLO', String(this.controller.values.BMSID ?? ''));
    }
    if (word === 'COMMIT') return this.commit(text);
    const reason = this.stage(word, text);
    return reason === undefined ? say('ACK', word) : say('NAK', `${word} ${reason}`);
  }

  /** Returns why an item is refused, or `undefined` when it is taken. */
  private stage(label: string, text: string): string | undefined {
    if (!isControllerItem(label)) return itemProblemText(noSuchItem);
    const value = readItem(label, text);
    const problem = problemWith(label, value);
    if (problem !== undefined) return itemProblemText(problem);
    if (value === undefined) return 'It makes no sense.';
    // A rule of this controller's own: such ports are the system's.
    if (label === 'UDPPORT' && Number(value) < 1024) return 'Ports below 1024 are not to be had.';
    this.staged = { ...this.staged, [label]: value };
    return undefined;
  }

  private commit(text: string): ControllerReply {
    const count = Object.keys(this.staged).length;
    if (text !== String(count)) return fail(`${count} items were taken`);
    const { values } = this.controller;
    const [problem] = problemsWith(values, this.staged).values();
    if (problem !== undefined) return fail(itemProblemText(problem));
    return {
      kind: 'keep',
      values: { ...values, ...this.staged },
      line: { word: 'DONE', text: String(count) },
    };
  }
}

/** Values from a file, as far as they are good. Returns what is known with these in place. */
export function restoredValues(known: ControllerValues, kept: unknown): ControllerValues {
  if (typeof kept !== 'object' || kept === null) return known;
  const good = Object.entries(kept).filter(
    ([name, value]) => isControllerItem(name) && problemWith(name, value) === undefined,
  );
  return { ...known, ...(Object.fromEntries(good) as ControllerValues) };
}

function say(word: string, text: string): ControllerReply {
  return { kind: 'say', line: { word, text } };
}

function fail(reason: string): ControllerReply {
  return { kind: 'end', line: { word: 'FAIL', text: reason } };
}
