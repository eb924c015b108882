import { ControllerServer, type ControllerFault } from '../../../src/io/controller/controller-server';
import type { ConfirmedAddress } from '../../../src/io/controller/confirmed-address';
import { NetworkControllerLink } from '../../../src/io/controller/network-link';
import { PackdialDialect } from '../../../src/io/controller/packdial-dialect';
import { usualPatience, type Patience } from '../../../src/io/controller/tcp-save';
import { systemTimers, type Timers } from '../../../src/io/timers';
import type { ControllerValues } from '../../../src/model/controller/items';
import type { CanFrame } from '../../../src/protocol/can-frame';
import { firstValues, SimulatedController } from '../../../src/simulation/simulated-controller';
import { saveReasonText } from '../../../src/words/en';

/** Pauses between tries are over at once; what limits waiting is as long as ever. */
const impatient: Timers = {
  after: (ms, callback) => systemTimers.after(ms <= 2000 ? 1 : ms, callback),
};

/** A simulated controller that listens on this machine. */
export class ListeningController {
  controller = new SimulatedController();
  server: ControllerServer | undefined;
  port = 0;
  fault: ControllerFault | undefined;
  /** How often it has kept something. */
  kept = 0;

  async open(port = 0, values: ControllerValues = firstValues): Promise<this> {
    const opened = await ControllerServer.open({ port, host: '127.0.0.1' }, (bound) => {
      this.controller = new SimulatedController(values, bound);
      return {
        controller: this.controller,
        keep: () => Promise.resolve(),
        kept: () => this.kept++,
        fault: this.fault,
      };
    });
    this.server = opened.server;
    this.port = opened.port;
    return this;
  }

  async close(): Promise<void> {
    await this.server?.close();
    this.server = undefined;
  }
}

/** A link with time, memory and log of the test's own. */
export class LinkBench {
  now = 1000;
  confirmedAddress: string | undefined;
  readonly lines: string[] = [];
  readonly link: NetworkControllerLink;
  readonly confirmed: ConfirmedAddress = {
    read: () => Promise.resolve(this.confirmedAddress),
    remember: (address) => {
      this.confirmedAddress = address;
      return Promise.resolve();
    },
  };

  constructor(patience: Partial<Patience> = {}, timers: Timers = impatient) {
    const write = (text: string): number => this.lines.push(text);
    this.link = new NetworkControllerLink({
      dialect: new PackdialDialect(systemTimers, { ...usualPatience, ...patience }),
      confirmed: this.confirmed,
      clock: { monotonic: () => this.now },
      timers,
      log: { info: write, warn: write },
      words: saveReasonText,
      changed: () => undefined,
    });
  }

  hear(frames: readonly CanFrame[], sender = '127.0.0.1'): void {
    for (const frame of frames) this.link.hear(frame, sender);
  }

  get logged(): string {
    return this.lines.join('\n');
  }
}
