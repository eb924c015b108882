import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { freeTcpPort } from '../../commands/packdial';
import { ServerProcess } from './server-process';

const versions = '/usr/lib/postgresql';
const password = 'the owner’s "own"';

/** A real PostgreSQL, whose owner is postgres. */
export class PostgresServer extends ServerProcess {
  static async start(): Promise<PostgresServer> {
    const server = new PostgresServer(await freeTcpPort(), 'postgres');
    const file = join(server.folder.path, 'password');
    writeFileSync(file, password);
    server.prepare([
      server.program('initdb'),
      ...[
        '-D',
        server.data,
        '-A',
        'scram-sha-256',
        '--auth-local=trust',
        '-U',
        'postgres',
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
      ],
      ...[`--pwfile=${file}`, '--no-sync'],
    ]);
    await server.run();
    return server;
  }

  /** Asks it as its owner. @throws what it has against it (as a rejection) */
  async query(
    text: string,
    database = 'postgres',
    values: unknown[] = [],
  ): Promise<Record<string, unknown>[]> {
    const client = new Client({ host: '127.0.0.1', port: this.port, user: 'postgres', password, database });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(text, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Makes a database with a user of its own, and gives its address. */
  async makeDatabase(name: string): Promise<string> {
    await this.query(`CREATE USER "${name}" PASSWORD 'p@ss/${name}'`);
    await this.query(`CREATE DATABASE "${name}" OWNER "${name}"`);
    return `postgres://${name}:${encodeURIComponent(`p@ss/${name}`)}@127.0.0.1:${this.port}/${name}`;
  }

  /** The same over its Unix socket, as whoever runs the program. */
  async makeLocalDatabase(name: string, user: string): Promise<string> {
    await this.query(`CREATE USER "${user}"`);
    await this.query(`CREATE DATABASE "${name}" OWNER "${user}"`);
    return `postgres://localhost:${this.port}/${name}?host=${this.folder.path}`;
  }

  protected command(): readonly string[] {
    return [
      this.program('postgres'),
      ...['-D', this.data, '-p', String(this.port), '-k', this.folder.path],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'shared_buffers=16MB'],
    ];
  }

  protected answers(): Promise<unknown> {
    return this.query('SELECT 1');
  }

  private get data(): string {
    return join(this.folder.path, 'data');
  }

  private program(name: string): string {
    const [version = ''] = existsSync(versions) ? readdirSync(versions).sort().reverse() : [];
    return join(versions, version, 'bin', name);
  }
}
