import { isAborted } from '../../base/is-aborted';
import type { ByteLink, DeviceContext, DeviceTrouble, ReadingSink } from '../device-type';
import { pollOnGrid } from '../poll-grid';
import { whileOpen } from '../until-closed';
import { readRequest, registerName, registers, statuses, type JbdFrame, type Register } from './frame';
import { JbdListener, pollInterval } from './listener';
import { patience } from './assembler';

/** ms that an answer may take: shorter waits have lost some. */
const answerTime = 5000;
/** ms after which the first request after a silence is sent once more: it may only have woken the battery. */
const wakeTime = 1000;

type Answer = 'ok' | 'not ok' | 'silent';

/**
 * Asks a battery for its registers until the link is lost or the signal is aborted: values and cells on a grid of `every`
 * seconds, name and counters once. Only reads; nothing that is sent changes a setting.
 *
 * @param mostSilent polls in a row without an answer after which it ends, so that the link is opened anew; a cable would be the
 *   same one again
 */
export async function converse(
  link: ByteLink,
  context: DeviceContext,
  signal: AbortSignal,
  sink: ReadingSink,
  mostSilent = Infinity,
): Promise<void> {
  const conversation = new Conversation(link, context, whileOpen(link, signal), sink, mostSilent);
  const stop = link.receive((piece) => conversation.receive(piece));
  try {
    await conversation.poll();
  } finally {
    stop();
  }
}

class Conversation {
  private readonly listener: JbdListener;
  private readonly every: number;
  private asked: Question | undefined;
  private asleep = true;
  private introduced = false;
  private heardBytes = false;
  private trouble = '';
  private silent = 0;

  constructor(
    private readonly link: ByteLink,
    private readonly context: DeviceContext,
    private readonly end: AbortSignal,
    private readonly sink: ReadingSink,
    private readonly mostSilent: number,
  ) {
    this.every = pollInterval(context);
    this.listener = new JbdListener(context, sink, (frame) => this.isWanted(frame));
  }

  receive(piece: Uint8Array): void {
    if (this.end.aborted) return;
    this.heardBytes = true;
    this.listener.push(piece, this.context.clock.monotonic());
  }

  async poll(): Promise<void> {
    await pollOnGrid(this.every, this.context.clock, this.end, async () => {
      await this.askAll();
      return this.silent < this.mostSilent;
    });
  }

  /** Nothing at all, or bytes that are no answer. */
  private silence(): string {
    return this.heardBytes ? 'not-jbd' : 'silent';
  }

  private async askAll(): Promise<void> {
    this.heardBytes = false;
    const answer = await this.ask(registers.basic);
    this.silent = answer === 'silent' ? this.silent + 1 : 0;
    if (answer === 'silent') {
      if (!isAborted(this.end)) this.tell({ code: this.silence(), values: {} });
      return;
    }
    if (answer === 'ok') this.tell(undefined);
    await this.ask(registers.cells);
    if (this.introduced) return;
    // Both are optional: some batteries do not know them.
    await this.ask(registers.version);
    await this.ask(registers.counters);
    this.introduced = !this.end.aborted;
  }

  private async ask(register: Register): Promise<Answer> {
    if (this.end.aborted) return 'silent';
    const { clock } = this.context;
    const question = new Question(register);
    const waiting = AbortSignal.any([this.end, question.answered]);
    this.asked = question;
    const begun = clock.monotonic();
    await this.send(register);
    const waits = this.asleep ? [wakeTime, patience, answerTime] : [patience, 2 * patience, answerTime];
    for (const wait of waits) {
      await clock.sleep(Math.max(0, begun + wait - clock.monotonic()), waiting);
      if (isAborted(waiting)) break;
      // An answer may stand behind noise that looked like the beginning of a long one.
      this.listener.settle(clock.monotonic());
      if (isAborted(waiting)) break;
      if (wait === wakeTime) await this.send(register);
    }
    this.asked = undefined;
    const { answer } = question;
    this.asleep = answer === 'silent';
    if (answer === 'silent' && !isAborted(this.end))
      this.sink.rejected('no answer', `to the request for ${registerName(register)}`);
    return answer;
  }

  private async send(register: Register): Promise<void> {
    // A link that is lost says so by being closed.
    await this.link.write(readRequest(register)).catch(() => undefined);
  }

  private isWanted(frame: JbdFrame): boolean {
    const { asked } = this;
    if (asked?.register !== frame.register) return false;
    this.asked = undefined;
    if (frame.status === statuses.password) this.tell({ code: 'password-wanted', values: {} });
    else if (frame.status !== statuses.ok && frame.register === registers.basic)
      this.tell({ code: 'refused', values: { status: frame.status.toString(16) } });
    asked.settle(frame.status === statuses.ok ? 'ok' : 'not ok');
    return true;
  }

  private tell(trouble: DeviceTrouble | undefined): void {
    const told = JSON.stringify(trouble ?? '');
    if (told === this.trouble || (trouble === undefined && this.trouble === '')) return;
    this.trouble = trouble === undefined ? '' : told;
    this.sink.trouble(trouble);
  }
}

/** A request that waits for its answer. */
class Question {
  answer: Answer = 'silent';
  private readonly controller = new AbortController();
  /** Aborted by the answer. */
  readonly answered = this.controller.signal;

  constructor(readonly register: Register) {}

  settle(answer: Answer): void {
    this.answer = answer;
    this.controller.abort();
  }
}
