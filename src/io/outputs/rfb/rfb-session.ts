import type { Duplex } from 'node:stream';
import { RfbClientParser, type RfbClientMessage } from '../../../protocol/rfb-client-messages';
import { pixelFormatKey, serverPixelFormat, type RfbPixelFormat } from '../../../protocol/rfb-pixel-format';
import {
  endOfContinuousUpdates,
  extendedDesktopSize,
  fence,
  fenceFlags,
  rfbEncodings,
  serverInit,
} from '../../../protocol/rfb-server-messages';
import { systemTimers, type Timers } from '../../timers';
import { clipped, type DamageRect } from '../output';
import { cursorRectangle } from './cursor-shape';
import { longestStall, ProgressWriter, Stalled } from './progress-writer';
import { chosenEncoding } from './rect-encoder';
import { around, encloses, Region } from './region';
import type { FormattedPicture, SharedPicture } from './shared-picture';
import { UpdateWriter } from './update-writer';
import type { ViewerInput } from './viewer-input';

/** Answers that may wait behind an update; who asks for more than that does not read. */
const mostAnswers = 32;

/** Rectangles without pixels of the picture: the pointer's shape, how large the picture is, and that it stays so. */
type Extra = 'cursor' | 'size' | 'size stays';

/** What a session needs. */
export interface SessionParts {
  readonly stream: Duplex;
  readonly picture: SharedPicture;
  /** What the viewer shows above the picture. */
  readonly name: string;
  /** `undefined` for one that may only look. */
  readonly input: ViewerInput | undefined;
  /** It has ended, and why, in a few words. Called once. */
  readonly ended: (reason: string) => void;
  readonly timers?: Timers;
}

/**
 * One viewer that was let in. It is sent what has changed when it asks for it, one update at a time: what changes while one is
 * under way goes with the next one, so that a slow viewer misses pictures, and nothing waits for it or piles up.
 */
export class RfbSession {
  private readonly parser = new RfbClientParser();
  private readonly writer: ProgressWriter;
  private readonly updates: UpdateWriter;
  /** What it does not show yet. */
  private readonly dirty: Region;
  private format = serverPixelFormat;
  private formatted: FormattedPicture;
  private encodings: readonly number[] = [];
  /** Where it wants the next update. */
  private requested: DamageRect | undefined;
  /** Where it wants all updates without asking. */
  private continuous: DamageRect | undefined;
  /** A continuous update was sent, and the viewer has not said yet that it has taken it in. */
  private unconfirmed: (() => void) | undefined;
  private readonly answers: Buffer[] = [];
  /** Rectangles that go before the next update's pixels: of each kind the latest. */
  private readonly extras = new Map<Extra, Buffer>();
  private sending = false;
  private ended = false;

  constructor(private readonly parts: SessionParts) {
    const { stream, picture, name } = parts;
    this.writer = new ProgressWriter(stream, parts.timers);
    this.updates = new UpdateWriter(picture, this.writer);
    this.dirty = new Region(picture.width, picture.height);
    this.dirty.addAll();
    this.formatted = picture.inFormat(this.format);
    this.answers.push(serverInit(picture.width, picture.height, name));
    stream.on('data', (chunk: Buffer) => this.heard(chunk));
    stream.on('end', () => this.end('has left'));
    stream.on('error', () => this.end('is gone'));
    stream.on('close', () => this.end('is gone'));
    this.pump();
  }

  /** The shared picture has changed there. */
  damage(rects: readonly DamageRect[]): void {
    for (const rect of rects) this.dirty.add(rect);
    this.pump();
  }

  /** False for one that only looks. */
  get mayTouch(): boolean {
    return this.parts.input !== undefined;
  }

  /** Ends it, once. */
  end(reason: string): void {
    if (this.ended) return;
    this.ended = true;
    this.unconfirmed?.();
    this.parts.input?.close();
    this.formatted.release();
    this.updates.close();
    this.parts.stream.destroy();
    this.parts.ended(reason);
  }

  private heard(chunk: Buffer): void {
    if (this.ended) return;
    const messages = this.parser.push(chunk);
    if (typeof messages === 'string') {
      this.end(`sent ${messages}`);
      return;
    }
    for (const message of messages) this.obey(message);
    this.pump();
  }

  private obey(message: RfbClientMessage): void {
    switch (message.type) {
      case 'set-pixel-format':
        this.usePixels(message.format);
        return;
      case 'set-encodings':
        this.useEncodings(message.encodings);
        return;
      case 'update-request':
        this.request(message.area, message.incremental);
        return;
      case 'continuous-updates':
        this.continuous = message.on ? this.within(message.area) : undefined;
        if (this.continuous !== undefined) this.requested = undefined;
        if (!message.on) this.answer(endOfContinuousUpdates());
        return;
      case 'fence':
        this.fenced(message.flags, message.payload);
        return;
      case 'set-desktop-size': {
        // The panel is as large as it is.
        const { width, height } = this.parts.picture;
        if (this.extended) this.extras.set('size stays', extendedDesktopSize(width, height, 1, 1));
        return;
      }
      case 'pointer':
        this.parts.input?.pointer(message.buttons, message.x, message.y);
        return;
      case 'key':
        this.parts.input?.key(message.down, message.keysym);
    }
  }

  private get extended(): boolean {
    return this.encodings.includes(rfbEncodings.extendedDesktopSize);
  }

  private usePixels(format: RfbPixelFormat): void {
    const same = pixelFormatKey(format) === pixelFormatKey(this.format);
    this.format = format;
    if (same) return;
    const before = this.formatted;
    this.formatted = this.parts.picture.inFormat(format);
    before.release();
    // It shows what it has in other colours, or wants the rest of them.
    this.dirty.addAll();
    if (this.extras.has('cursor') || this.encodings.includes(rfbEncodings.cursor)) {
      this.extras.set('cursor', cursorRectangle(format));
    }
  }

  private useEncodings(encodings: readonly number[]): void {
    const fresh = (encoding: number): boolean =>
      encodings.includes(encoding) && !this.encodings.includes(encoding);
    const { width, height } = this.parts.picture;
    if (fresh(rfbEncodings.cursor)) this.extras.set('cursor', cursorRectangle(this.format));
    // DesktopSize needs nothing: the picture never changes its size while the program runs.
    if (fresh(rfbEncodings.extendedDesktopSize))
      this.extras.set('size', extendedDesktopSize(width, height, 0, 0));
    // Each says to the viewer that it may use the extension.
    if (fresh(rfbEncodings.fence)) this.answer(fence(fenceFlags.request, Buffer.alloc(0)));
    if (fresh(rfbEncodings.continuousUpdates)) this.answer(endOfContinuousUpdates());
    this.encodings = encodings;
  }

  private request(area: DamageRect, incremental: boolean): void {
    const wanted = this.within(area);
    if (wanted === undefined) return;
    if (!incremental) this.dirty.add(wanted);
    // It comes without being asked for.
    if (this.continuous !== undefined && encloses(this.continuous, wanted)) return;
    const { requested } = this;
    // Two that are not answered yet are one: both places will be looked at.
    this.requested = requested === undefined ? wanted : around(requested, wanted);
  }

  private fenced(flags: number, payload: Buffer): void {
    if ((flags & fenceFlags.request) === 0) {
      // The answer to one of ours: with a payload, to the one behind an update.
      if (payload.length > 0) this.confirmed();
      return;
    }
    const { blockBefore, blockAfter, syncNext } = fenceFlags;
    // What came before has been done, and what comes later will be: there is only one place where it is done.
    this.answer(fence(flags & (blockBefore | blockAfter | syncNext), payload));
  }

  private answer(bytes: Buffer): void {
    this.answers.push(bytes);
    if (this.answers.length > mostAnswers) this.end('asks and does not read');
  }

  private within(area: DamageRect): DamageRect | undefined {
    return clipped(area, this.parts.picture.width, this.parts.picture.height);
  }

  /** Sends what there is to be sent, if nothing is on its way. */
  private pump(): void {
    if (this.sending || this.ended) return;
    this.sending = true;
    this.sendAll().catch((error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException;
      // Any other error than these two ways to be gone is a mistake of ours, and is told as it is.
      const gone = this.parts.stream.destroyed || code !== undefined;
      this.end(error instanceof Stalled || !gone ? message : 'is gone');
    });
  }

  private async sendAll(): Promise<void> {
    // Not at once: the panel goes first, and what arrived together is answered together.
    await new Promise((resolve) => setImmediate(resolve));
    while (!this.ended) {
      const answers = this.answers.splice(0);
      if (answers.length > 0) await this.writer.write(Buffer.concat(answers));
      else {
        const rects = this.due();
        if (rects === undefined) break;
        await this.sendUpdate(rects);
      }
    }
    this.sending = false;
  }

  /** What an update has to show now, or `undefined` for none. */
  private due(): readonly DamageRect[] | undefined {
    const { continuous, requested, dirty } = this;
    if (continuous !== undefined && this.unconfirmed === undefined) {
      if (dirty.reaches(continuous) || this.extras.size > 0) return dirty.take(continuous);
    }
    if (requested !== undefined && (dirty.reaches(requested) || this.extras.size > 0)) {
      this.requested = undefined;
      return dirty.take(requested);
    }
    return undefined;
  }

  private async sendUpdate(rects: readonly DamageRect[]): Promise<void> {
    const extras = [...this.extras.values()];
    this.extras.clear();
    const fenced = this.continuous !== undefined && this.encodings.includes(rfbEncodings.fence);
    // It may be confirmed before its last byte is known to be written.
    if (fenced) this.unconfirmed = () => undefined;
    await this.updates.write({
      extras,
      rects,
      format: this.format,
      encoding: chosenEncoding(this.encodings, this.format),
      after: fenced ? fence(fenceFlags.request | fenceFlags.blockBefore, Buffer.from([1])) : Buffer.alloc(0),
    });
    if (fenced) this.awaitConfirmation();
  }

  /** A viewer that asks for no updates one by one says with a fence that it has taken one in. */
  private awaitConfirmation(): void {
    if (this.unconfirmed === undefined || this.ended) return;
    const timers = this.parts.timers ?? systemTimers;
    this.unconfirmed = timers.after(longestStall, () => this.end('took nothing for 10 s'));
  }

  private confirmed(): void {
    this.unconfirmed?.();
    this.unconfirmed = undefined;
  }
}
