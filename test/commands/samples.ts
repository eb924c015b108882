import { until } from '../until';
import { freeTcpPort, Packdial } from './packdial';

/** A packdial that can be asked how much of the past it holds in memory. */
export class Sampling extends Packdial {
  private constructor(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    private readonly port: number,
  ) {
    super([...args, '--web', 'localhost', '--web-port', String(port)], environment);
  }

  static async start(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Sampling> {
    return new Sampling(args, environment, await freeTcpPort());
  }

  /** What it measures of itself, as Prometheus reads it; nothing while nobody answers. */
  async metrics(): Promise<string> {
    const answer = await fetch(`http://localhost:${this.port}/metrics`).catch(() => undefined);
    return (await answer?.text()) ?? '';
  }

  /** Waits until samples, of which it takes one a second, wait to be written. */
  async holds(samples: number): Promise<void> {
    await until(`${samples} samples in memory`, async () => {
      const waiting = /^packdial_history_waiting_samples (\d+)$/m.exec(await this.metrics())?.[1];
      return Number(waiting ?? 0) >= samples;
    });
  }
}
