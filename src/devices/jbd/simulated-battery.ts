import { bigEndianWords } from '../../protocol/big-endian';
import type { ByteLink, DeviceSimulation, PlayContext } from '../device-type';
import type { PlayedBattery } from '../played-site';
import { untilClosed } from '../until-closed';
import { choiceSetting, wholeNumberSetting } from '../shared-settings';
import { answerFrame, registers, statuses } from './frame';

/** What the played battery is. */
export interface SimulatedJbdOptions {
  /** 1 to 32 cells that are discharged by half and charged again in an hour, or what they are like when they are asked. */
  readonly cells: number | (() => PlayedBattery);
  /** 0 to 8. */
  readonly probes: number;
  /** Register 03 with the nine bytes of newer firmware, or without. */
  readonly form: 'long' | 'short';
}

const readCommand = 0xa5;
/** Ah. */
const nominal = 100;
/** s in which it is discharged by half and charged again. */
const cycle = 3600;
/** Above this charge, and while it is being charged, the first cell is balanced. */
const balancedFrom = 0.95;

/** Answers as a JBD battery does, in bytes. */
export class SimulatedJbd {
  private held: number[] = [];
  private readonly battery: (seconds: number) => PlayedBattery;

  constructor(private readonly options: SimulatedJbdOptions) {
    const { cells } = options;
    this.battery = typeof cells === 'function' ? cells : (seconds) => cycledBattery(cells, seconds);
  }

  /** Takes bytes of requests, cut anywhere, and gives the answers to those that are whole. @param seconds since it was started */
  answers(bytes: Uint8Array, seconds: number): Uint8Array[] {
    this.held.push(...bytes);
    const answers: Uint8Array[] = [];
    for (;;) {
      const from = this.held.indexOf(0xdd);
      this.held = from < 0 ? [] : this.held.slice(from);
      const [, command, register = 0, length = 0] = this.held;
      if (this.held.length < 4 || this.held.length < length + 7) return answers;
      const request = this.held.slice(0, length + 7);
      if (request.at(-1) !== 0x77) {
        this.held.shift();
        continue;
      }
      this.held = this.held.slice(length + 7);
      answers.push(this.answer(command, register, length, request, seconds));
    }
  }

  private answer(
    command: number | undefined,
    register: number,
    length: number,
    request: readonly number[],
    seconds: number,
  ): Uint8Array {
    const sum = request.slice(2, -3).reduce((total, byte) => total + byte, 0);
    const said = ((request.at(-3) ?? 0) << 8) | (request.at(-2) ?? 0);
    const failed = (status: number): Uint8Array => answerFrame({ register, status, data: Uint8Array.of() });
    if (((0x10000 - sum) & 0xffff) !== said) return failed(statuses.checksum);
    if (command !== readCommand || length > 0) return failed(statuses.refused);
    const data = this.data(register, seconds);
    return data === undefined ? failed(statuses.error) : answerFrame({ register, status: statuses.ok, data });
  }

  private data(register: number, seconds: number): Uint8Array | undefined {
    switch (register) {
      case registers.basic:
        return this.basic(seconds);
      case registers.cells:
        return bigEndianWords(millivolts(this.battery(seconds)));
      case registers.version:
        return Buffer.from(`SIMULATED-${this.battery(seconds).cells.length}S`, 'latin1');
      case registers.counters:
        return bigEndianWords([0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 3]);
      default:
        return undefined;
    }
  }

  private basic(seconds: number): Uint8Array {
    const { probes, form } = this.options;
    const battery = this.battery(seconds);
    const { current, stateOfCharge, capacity } = battery;
    const remaining = Math.round(stateOfCharge * capacity * 100);
    const full = Math.round(capacity * 100);
    const head = bigEndianWords([
      Math.round(millivolts(battery).reduce((total, mv) => total + mv, 0) / 10),
      Math.round(current * 100) & 0xffff,
      remaining,
      full,
      42,
      ((2022 - 2000) << 9) | (3 << 5) | 28,
      current > 0 && stateOfCharge > balancedFrom ? 1 : 0,
      0,
      0,
    ]);
    const temperatures = Array.from({ length: probes }, (_, i) =>
      Math.round(2731 + 10 * (battery.temperatures[i] ?? battery.temperatures.at(-1) ?? 0)),
    );
    const tail = form === 'short' ? [] : [0, ...bigEndianWords([0, full, remaining, 0])];
    const rest = [0x21, Math.round(stateOfCharge * 100), 3, battery.cells.length, probes];
    return Uint8Array.of(...head, ...rest, ...bigEndianWords(temperatures), ...tail);
  }
}

/** A played JBD battery for `packdial simulate`. */
export const jbdSimulation: DeviceSimulation<ByteLink> = {
  settings: {
    cells: wholeNumberSetting(1, 32, 'cells in series', 4),
    probes: wholeNumberSetting(0, 8, 'temperature probes', 3),
    form: choiceSetting(['long', 'short'], 'register 03 with the nine bytes of newer firmware, or without'),
  },
  play: async (link: ByteLink, { name, values, clock, site }: PlayContext, signal: AbortSignal) => {
    const battery = new SimulatedJbd({
      cells: site === undefined ? Number(values['cells'] ?? 4) : () => site.battery(name),
      probes: Number(values['probes'] ?? 3),
      form: values['form'] === 'short' ? 'short' : 'long',
    });
    const begun = clock.monotonic();
    const stop = link.receive((piece) => {
      for (const answer of battery.answers(piece, (clock.monotonic() - begun) / 1000))
        void link.write(answer).catch(() => undefined);
    });
    await untilClosed(link, signal);
    stop();
  },
};

function millivolts({ cells }: PlayedBattery): number[] {
  return cells.map((volts) => Math.round(volts * 1000));
}

/** A battery by itself: from full to a half in half a cycle, and up again. */
function cycledBattery(count: number, seconds: number): PlayedBattery {
  const isCharging = seconds % cycle >= cycle / 2;
  const stateOfCharge = 0.5 + Math.abs((seconds % cycle) / cycle - 0.5);
  const middle = 3.2 + 0.15 * stateOfCharge + (isCharging ? 0.02 : -0.02);
  return {
    cells: Array.from({ length: count }, (_, i) => middle + 0.004 * Math.sin(2.4 * i)),
    current: (nominal / 2 / (cycle / 2 / 3600)) * (isCharging ? 1 : -1),
    stateOfCharge,
    capacity: nominal,
    temperatures: Array.from({ length: 8 }, (_, i) => 21.5 + 0.5 * i),
  };
}
