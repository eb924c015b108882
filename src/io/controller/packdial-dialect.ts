import type { ControllerValues } from '../../model/controller/items';
import type { CanFrame } from '../../protocol/can-frame';
import { AnnouncementAssembler } from '../../protocol/controller-announcement';
import { readAnnouncement } from '../../protocol/controller-text';
import { systemTimers, type Timers } from '../timers';
import type { AttemptOutcome, ControllerDialect, HeardOfController, SaveAttempt } from './controller-dialect';
import { saveOverTcp, usualPatience, type Patience } from './tcp-save';

/** Senders that are listened to at a time; one more makes the one forgotten that was silent longest. */
const mostSenders = 8;

interface Sender {
  readonly assembler: AnnouncementAssembler;
  /** What it has announced, and where changes go to. */
  said: { readonly values: ControllerValues; readonly address: string } | undefined;
}

/** packdial's own format, docs/controller-protocol.md: announcements in CAN frames, changes over TCP. */
export class PackdialDialect implements ControllerDialect {
  // In the order in which they were heard last.
  private readonly senders = new Map<string, Sender>();

  constructor(
    private readonly timers: Timers = systemTimers,
    private readonly patience: Patience = usualPatience,
  ) {}

  hear(frame: CanFrame, from: string, kept?: string): HeardOfController {
    const sender = this.sender(from, kept);
    const assembled = sender.assembler.take(frame);
    switch (assembled.kind) {
      case 'more':
      case 'broken':
        return assembled;
      case 'again':
        return sender.said === undefined ? { kind: 'more' } : { kind: 'again', ...sender.said };
      case 'text': {
        const said = readAnnouncement(assembled.text);
        sender.said = said && { values: said.values, address: `${from}:${said.savePort}` };
        return sender.said === undefined
          ? { kind: 'broken', problem: 'no announcement' }
          : { kind: 'announced', ...sender.said };
      }
    }
  }

  save(attempt: SaveAttempt): Promise<AttemptOutcome> {
    return saveOverTcp(attempt, this.timers, this.patience);
  }

  private sender(from: string, kept: string | undefined): Sender {
    const sender = this.senders.get(from) ?? { assembler: new AnnouncementAssembler(), said: undefined };
    this.senders.delete(from);
    this.senders.set(from, sender);
    if (this.senders.size > mostSenders) {
      const oldest = [...this.senders.keys()].find((name) => name !== kept);
      if (oldest !== undefined) this.senders.delete(oldest);
    }
    return sender;
  }
}
