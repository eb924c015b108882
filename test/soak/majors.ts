import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installationRoot } from '../../src/base/installation-root';
import { HistoryDatabase } from '../../src/io/recorders/history-database';
import { HistoryStore } from '../../src/io/recorders/history-store';
import { residentMegabytes } from '../bench/processes';
import { keepFigures, table } from '../bench/kept-figures';

/** Starts and stops of the history on each Node. */
const lives = 1000;
const columns = [
  'Node',
  'run',
  'collections forced in the display, in the history',
  'samples',
  'resident after a tenth, at the end',
  'starts and stops',
] as const;

interface Outcome {
  readonly figures: readonly string[];
  readonly faults: readonly string[];
}

/** One major version of Node with the programs that it is to run. */
class Major {
  private readonly faults: string[] = [];
  private readonly preload: readonly string[];

  constructor(
    private readonly root: string,
    private readonly node: string,
    private readonly folder: string,
  ) {
    this.preload = ['--expose-gc', '--require', join(root, 'test', 'soak', 'collect.cjs')];
  }

  /** Runs the display for so many minutes, then starts and stops its history. */
  async prove(minutes: number): Promise<Outcome> {
    const version = (await this.run(['--version'], {}).ended).said.trim();
    const figures = [version, ...(await this.display(minutes)), await this.startsAndStops()];
    return { figures, faults: this.faults.map((fault) => `Node ${version}: ${fault}`) };
  }

  private run(args: readonly string[], environment: Readonly<Record<string, string>>) {
    const child = spawn(this.node, args, {
      env: { PATH: process.env['PATH'] ?? '', HOME: this.folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let complained = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    child.stderr.on('data', (data: Buffer) => (complained = (complained + data.toString()).slice(-4000)));
    const ended = once(child, 'close').then(() => ({
      how: child.signalCode ?? child.exitCode,
      said,
      complained,
    }));
    return { child, ended };
  }

  /** An hour a minute of a battery of 40 modules, with history, and a collection a second in every thread. */
  private async display(minutes: number): Promise<string[]> {
    const counts = join(this.folder, 'collections');
    const data = join(this.folder, 'data');
    const config = join(this.folder, 'settings.json');
    mkdirSync(counts);
    writeFileSync(config, '{}');
    const { child, ended } = this.run(
      [
        ...this.preload,
        join(this.root, 'dist', 'packdial.js'),
        'run',
        ...['--headless', '--source', 'simulate', '--speed', '60', '--modules', '40', '--web', 'off'],
        ...['--config', config, '--data-dir', data],
      ],
      {
        COLLECT_COUNTS: counts,
        MALLOC_ARENA_MAX: '1',
        PACKDIAL_LOG: 'false',
        PACKDIAL_CONTROLLER_FILE: join(this.folder, 'controller.json'),
      },
    );
    const begin = Date.now();
    const resident: string[] = [];
    const measure = setInterval(
      () => resident.push(child.exitCode === null ? residentMegabytes(child.pid ?? 0).toFixed(0) : '-'),
      minutes * 6000,
    );
    const stop = setTimeout(() => child.kill('SIGTERM'), minutes * 60_000 + 2000);
    const { how, complained } = await ended;
    clearInterval(measure);
    clearTimeout(stop);
    const ran = (Date.now() - begin) / 60_000;
    if (how !== 0 || ran < minutes)
      this.faults.push(
        `the display ended after ${ran.toFixed(1)} minutes with ${String(how)}: ${complained}`,
      );
    const samples = this.samples(join(data, 'history.sqlite'), begin);
    // One a second, of which what the machine was too slow for may be missing.
    if (samples < minutes * 60 * 0.95) this.faults.push(`the history has ${samples} samples only`);
    return [
      `${ran.toFixed(0)} minutes`,
      readdirSync(counts)
        .sort()
        .map((name) => readFileSync(join(counts, name), 'utf8'))
        .join(', '),
      `${samples}, ${(statSync(join(data, 'history.sqlite')).size / 1e6).toFixed(1)} MB`,
      `${resident[0] ?? '-'} MB, ${resident.at(-1) ?? '-'} MB`,
    ];
  }

  private samples(file: string, begin: number): number {
    const database = new HistoryDatabase(file);
    const whole = database.db.pragma('integrity_check', { simple: true });
    if (whole !== 'ok') this.faults.push(`the history's database: ${String(whole)}`);
    const to = Date.now() + 1000;
    const points = Math.ceil((to - begin) / 1000);
    // As the history calls a battery that is made up.
    const query = { device: 'battery (not real)', quantity: 'power', from: begin, to, points };
    const buckets = new HistoryStore(database).query(query);
    database.close();
    return buckets.reduce((sum, { count }) => sum + count, 0);
  }

  private async startsAndStops(): Promise<string> {
    const begin = performance.now();
    const bench = join(this.root, 'dist-bench');
    const { how, said, complained } = await this.run(
      [
        ...this.preload,
        join(bench, 'history-lives.js'),
        join(this.folder, 'lives.sqlite'),
        join(this.root, 'dist', 'history-worker.js'),
        String(lives),
      ],
      { COLLECT_MS: '25' },
    ).ended;
    if (how !== 0 || said.trim() !== String(2 * lives))
      this.faults.push(
        `starts and stops ended with ${String(how)} and ${said.trim()} samples: ${complained}`,
      );
    return `${lives} in ${((performance.now() - begin) / 1000).toFixed(0)} s`;
  }
}

/**
 * Runs the display for MAJORS_MINUTES (60) and starts and stops its history a thousand times with each Node that is named,
 * all at once, with collections forced in every thread. Exit code 1 when one of them aborted or lost a sample.
 */
async function main(): Promise<void> {
  const minutes = Number(process.env['MAJORS_MINUTES'] ?? 60);
  const nodes = process.argv.slice(2);
  if (!(minutes > 0) || nodes.length === 0) {
    process.stderr.write('Name Nodes to run; MAJORS_MINUTES must be a number above 0.\n');
    process.exitCode = 2;
    return;
  }
  const root = installationRoot(__dirname);
  const folder = mkdtempSync(join(tmpdir(), 'packdial-majors-'));
  const outcomes = await Promise.all(
    nodes.map((node, i) => {
      const own = join(folder, String(i));
      mkdirSync(own);
      return new Major(root, node, own).prove(minutes);
    }),
  );
  rmSync(folder, { recursive: true, force: true });
  const rows = outcomes.map(({ figures }) => figures);
  const faults = outcomes.flatMap((outcome) => outcome.faults);
  const text = table(columns, rows);
  const { model } = cpus()[0] ?? { model: 'unknown processors' };
  const measured = `Measured on ${cpus().length} cores of ${model.trim()}, all at once.`;
  for (const line of [text, ...faults, faults.length === 0 ? 'All is well.' : 'Not well.', measured])
    process.stdout.write(`${line}\n`);
  if (faults.length > 0) process.exitCode = 1;
  // Less than an hour is not what is to be read.
  else if (minutes >= 60) keepFigures(root, 'majors', `${text}\n\n${measured}`);
}

void main();
