import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2';
import { freeTcpPort } from '../../commands/packdial';
import { ServerProcess } from './server-process';

/** A real MariaDB, whose owner needs no password. */
export class MariadbServer extends ServerProcess {
  private options: readonly string[] = [];

  /** @param options more of the server's own, such as `--ssl-cert=…` */
  static async start(options: readonly string[] = []): Promise<MariadbServer> {
    const server = new MariadbServer(await freeTcpPort(), 'nobody');
    server.options = options;
    server.prepare([
      'mariadb-install-db',
      ...['--no-defaults', `--datadir=${server.data}`, '--auth-root-authentication-method=normal'],
      ...['--skip-test-db', ...(process.getuid?.() === 0 ? ['--user=nobody'] : [])],
    ]);
    await server.run();
    return server;
  }

  /** Asks it as its owner. @param zone of the session @throws what it has against it (as a rejection) */
  async query(
    text: string,
    database?: string,
    values: unknown[] = [],
    zone?: string,
  ): Promise<Record<string, unknown>[]> {
    const connection = createConnection({
      socketPath: this.socket,
      user: 'root',
      charset: 'utf8mb4',
      timezone: 'Z',
      ...(database !== undefined && { database }),
    });
    connection.on('error', () => undefined);
    try {
      if (zone !== undefined) await connection.promise().query('SET time_zone = ?', [zone]);
      const [rows] = await connection.promise().query<RowDataPacket[]>(text, values);
      return Array.isArray(rows) ? rows : [];
    } finally {
      connection.destroy();
    }
  }

  /** Makes a database with a user of its own, and gives its address. */
  async makeDatabase(name: string): Promise<string> {
    await this.query(`CREATE DATABASE ${name}`);
    await this.query(`CREATE USER '${name}'@'%' IDENTIFIED BY 'p@ss/${name}'`);
    await this.query(`GRANT ALL ON ${name}.* TO '${name}'@'%'`);
    return `mysql://${name}:${encodeURIComponent(`p@ss/${name}`)}@127.0.0.1:${this.port}/${name}`;
  }

  protected command(): readonly string[] {
    return [
      'mariadbd',
      ...['--no-defaults', `--datadir=${this.data}`, `--socket=${this.socket}`, `--port=${this.port}`],
      ...['--bind-address=127.0.0.1', '--innodb-buffer-pool-size=16M', '--innodb-log-file-size=8M'],
      ...['--performance-schema=off', `--pid-file=${join(this.folder.path, 'pid')}`, '--skip-name-resolve'],
      // A kill loses nothing that the system has; the tests are no power cut.
      '--innodb-flush-log-at-trx-commit=2',
      ...this.options,
    ];
  }

  protected answers(): Promise<unknown> {
    return this.query('SELECT 1');
  }

  private get data(): string {
    return join(this.folder.path, 'data');
  }

  private get socket(): string {
    return join(this.folder.path, 'socket');
  }
}
