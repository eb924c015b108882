import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freeTcpPort } from '../../commands/packdial';
import { ServerProcess } from './server-process';

/** A real VictoriaMetrics. */
export class VictoriaServer extends ServerProcess {
  static async start(): Promise<VictoriaServer> {
    const server = new VictoriaServer(await freeTcpPort());
    await server.run();
    return server;
  }

  /** All values of a device's series, by time. */
  async values(series: string, device: string): Promise<{ readonly at: number; readonly value: number }[]> {
    await this.ask('/internal/force_flush');
    const match = `${series}{device=${JSON.stringify(device)}}`;
    const text = await this.ask(`/api/v1/export?match[]=${encodeURIComponent(match)}`);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => {
        const { values, timestamps } = JSON.parse(line) as { values: number[]; timestamps: number[] };
        return timestamps.map((at, i) => ({ at, value: values[i] ?? NaN }));
      })
      .sort((a, b) => a.at - b.at);
  }

  /** The values of a label of some series. */
  async labels(label: string, series: string): Promise<readonly string[]> {
    const text = await this.ask(`/api/v1/label/${label}/values?match[]=${encodeURIComponent(series)}`);
    return (JSON.parse(text) as { data: string[] }).data;
  }

  /** Asks for a range as Grafana does. Times in s. */
  async range(
    query: string,
    start: number,
    end: number,
    step: number,
  ): Promise<
    readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly values: readonly (readonly [number, string])[];
    }[]
  > {
    await this.ask('/internal/force_flush');
    const parameters = new URLSearchParams({
      query,
      start: String(start),
      end: String(end),
      step: String(step),
    });
    const { data } = JSON.parse(await this.ask(`/api/v1/query_range?nocache=1&${parameters.toString()}`)) as {
      data: { result: Awaited<ReturnType<VictoriaServer['range']>> };
    };
    return data.result;
  }

  protected command(): readonly string[] {
    return [
      'victoria-metrics',
      ...[`-storageDataPath=${join(this.folder.path, 'data')}`, `-httpListenAddr=127.0.0.1:${this.port}`],
      // Rows of the same time are one row.
      ...['-retentionPeriod=100y', '-memory.allowedBytes=64MB', '-dedup.minScrapeInterval=1ms'],
    ];
  }

  protected answers(): Promise<unknown> {
    return this.ask('/health');
  }

  private async ask(path: string): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer.text();
  }
}

/** Rows with the same tags. */
interface InfluxSeries {
  readonly tags: Readonly<Record<string, string>>;
  readonly values: readonly (readonly unknown[])[];
}

/** A real InfluxDB 1, which asks for a password. */
export class InfluxServer extends ServerProcess {
  private rpc = 0;

  static async start(): Promise<InfluxServer> {
    const server = new InfluxServer(await freeTcpPort());
    server.rpc = await freeTcpPort();
    await server.run();
    await server.query("CREATE USER admin WITH PASSWORD 'admin' WITH ALL PRIVILEGES");
    return server;
  }

  /** Makes a database with a user of its own, and gives its address. */
  async makeDatabase(name: string): Promise<string> {
    await this.query(`CREATE DATABASE "${name}"`);
    await this.query(`CREATE USER "${name}" WITH PASSWORD 'p@ss/${name}'`);
    await this.query(`GRANT ALL ON "${name}" TO "${name}"`);
    return `http://${name}:${encodeURIComponent(`p@ss/${name}`)}@127.0.0.1:${this.port}/write?db=${name}`;
  }

  /** Asks it as its owner; rows as lists. */
  async query(text: string, database = ''): Promise<readonly (readonly unknown[])[]> {
    return (await this.series(text, database)).flatMap(({ values }) => values);
  }

  /** The same by tags. */
  async series(text: string, database: string): Promise<readonly InfluxSeries[]> {
    const parameters = new URLSearchParams({ q: text, db: database, epoch: 'ms' });
    const answer = await fetch(`http://127.0.0.1:${this.port}/query`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` },
      body: parameters,
    });
    const { results, error } = (await answer.json()) as {
      results?: { series?: InfluxSeries[]; error?: string }[];
      error?: string;
    };
    const wrong = error ?? results?.[0]?.error;
    if (wrong !== undefined) throw new Error(wrong);
    return results?.[0]?.series ?? [];
  }

  protected command(): readonly string[] {
    const file = join(this.folder.path, 'influxdb.conf');
    const folder = (name: string): string => JSON.stringify(join(this.folder.path, name));
    writeFileSync(
      file,
      `reporting-disabled = true
bind-address = "127.0.0.1:${this.rpc}"
[meta]
dir = ${folder('meta')}
[data]
dir = ${folder('data')}
wal-dir = ${folder('wal')}
[http]
bind-address = "127.0.0.1:${this.port}"
auth-enabled = true
log-enabled = false
[monitor]
store-enabled = false
[logging]
level = "error"
`,
    );
    return ['influxd', '-config', file];
  }

  protected async answers(): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/ping`);
    return answer.text();
  }
}
