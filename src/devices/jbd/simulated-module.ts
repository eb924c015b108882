import { factoryPassword } from './authentication';
import { moduleRequest, moduleReply, parseModuleReply, moduleSteps, type ModuleStep } from './module-frame';

/** The module's own side of the handshake. */
export interface SimulatedModuleOptions {
  /** As it is printed, such as `A4:C1:37:04:2D:BE`. */
  readonly address: string;
  /** Six characters. */
  readonly password: string;
  /** Whether it hands nothing on before the password was given. */
  readonly locked: boolean;
  /** 0 to 255, on each call. */
  readonly random: () => number;
}

const ok = 0;
const wrong = 1;
const noPassword = 2;

/** Answers as the Bluetooth module in front of a JBD battery does. */
export class SimulatedModule {
  private random = 0;
  private knowsPassword = false;
  /** True when what is written reaches the battery. */
  isOpen: boolean;

  constructor(private readonly options: SimulatedModuleOptions) {
    this.isOpen = !options.locked;
  }

  /** The answer to a message of the handshake; `undefined` for anything else, which is for the battery. */
  answer(piece: Uint8Array): Uint8Array | undefined {
    const message = parseModuleReply(piece);
    const step = message === undefined ? undefined : moduleSteps.get(message.command);
    return step === undefined ? undefined : moduleReply(step, this.judge(step, piece));
  }

  private judge(step: ModuleStep, piece: Uint8Array): number {
    const { address, password, locked, random } = this.options;
    const isAsked = (request: Parameters<typeof moduleRequest>[0]): boolean =>
      Buffer.from(moduleRequest(request)).equals(piece);
    switch (step) {
      case 'app-key':
        if (!locked) return noPassword;
        this.isOpen = false;
        this.knowsPassword = false;
        return isAsked({ step, key: factoryPassword }) ? ok : wrong;
      case 'random':
        this.random = random();
        return this.random;
      case 'password':
        this.knowsPassword = isAsked({ step, password, address, random: this.random });
        return this.knowsPassword ? ok : wrong;
      case 'root':
        this.isOpen = this.knowsPassword && isAsked({ step, address, random: this.random });
        return this.isOpen ? ok : wrong;
    }
  }
}
