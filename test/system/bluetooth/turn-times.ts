import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../until';

/** Measures the turns of the loop of a process that is started with its environment. */
export class TurnTimes {
  readonly environment: Readonly<Record<string, string>>;

  /** @param file that is written by the process */
  constructor(private readonly file: string) {
    this.environment = {
      NODE_OPTIONS: `--require ${join(__dirname, 'tell-turns.cjs')}`,
      TURN_TIMES: file,
    };
  }

  /** ms of CPU time that each turn took since it was asked last, or since the start, rising. @param ask sends SIGUSR2 */
  async since(ask: () => void): Promise<readonly number[]> {
    const before = this.lines.length;
    ask();
    await until('the turns are told', () => this.lines.length > before);
    return (JSON.parse(this.lines.at(-1) ?? '[]') as number[]).sort((a, b) => a - b);
  }

  private get lines(): readonly string[] {
    // One that is not yet ended by a line feed is not yet whole.
    return existsSync(this.file) ? readFileSync(this.file, 'utf8').split('\n').slice(0, -1) : [];
  }
}
