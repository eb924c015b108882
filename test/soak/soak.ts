import { join } from 'node:path';
import { cpus, tmpdir } from 'node:os';
import { rmSync } from 'node:fs';
import { installationRoot } from '../../src/base/installation-root';
import { useOwnFonts } from '../../src/render/fonts';
import { keepFigures, table } from '../bench/kept-figures';
import { LongLife } from './long-life';
import { complaints, growth, sample, type Sample } from './memory';

/** Simulated hours from one sample to the next; a line is printed and kept once a day. */
const sampleHours = 6;

const columns = [
  'after',
  'resident',
  'heap',
  'external',
  'files',
  'pictures',
  'frames',
  'log lines',
] as const;

function row(each: Sample, life: LongLife): string[] {
  const { days, resident, heap, external, files } = each;
  const millions = (count: number): string => `${(count / 1e6).toFixed(2)} million`;
  return [
    `${days} ${days === 1 ? 'day' : 'days'}`,
    `${resident.toFixed(1)} MB`,
    `${heap.toFixed(1)} MB`,
    `${external.toFixed(1)} MB`,
    String(files),
    millions(life.pictures),
    millions(life.heard),
    String(life.logLines),
  ];
}

/**
 * Lets a display live for SOAK_DAYS (7) simulated days. Exit code 1 when anything of it grew or went wrong. It takes 25 s a
 * day, of which three quarters are drawing (a quarter alone the screens that are opened each quarter of an hour) and a tenth
 * is what the controller sends.
 */
async function main(): Promise<void> {
  const days = Number(process.env['SOAK_DAYS'] ?? 7);
  if (!Number.isInteger(days) || days < 2) {
    process.stderr.write('SOAK_DAYS must be a whole number from 2: the first day proves nothing.\n');
    process.exitCode = 2;
    return;
  }
  const root = installationRoot(__dirname);
  useOwnFonts(root);
  const framebuffer = join(tmpdir(), `packdial-soak-${process.pid}.raw`);
  const life = new LongLife(root, framebuffer);
  const samples: Sample[] = [];
  const rows: string[][] = [];
  const start = performance.now();
  for (let hours = sampleHours; hours <= days * 24; hours += sampleHours) {
    await life.live(sampleHours);
    const each = await sample(hours / 24);
    samples.push(each);
    const figures = row(each, life);
    if (hours % 24 !== 0) continue;
    rows.push(figures);
    const said = columns.map((name, i) => `${name} ${figures[i] ?? ''}`).join(', ');
    process.stdout.write(
      `${said}, timers ${life.time.pending}, resources ${each.resources}, ${Math.round((performance.now() - start) / 1000)} s\n`,
    );
  }
  await life.end();
  rmSync(framebuffer);
  const wrong = [...complaints(samples), ...life.faults];
  const settled = samples.filter((each) => each.days >= 1);
  const slopes = (['resident', 'heap', 'external'] as const).map(
    (figure) => `${figure} ${growth(settled, figure).toFixed(2)} MB`,
  );
  const verdict = `Growth a day after the first: ${slopes.join(', ')} (less than 1 MB is wanted).`;
  const took = `${((performance.now() - start) / 60_000).toFixed(1)} minutes`;
  const { model } = cpus()[0] ?? { model: 'unknown processors' };
  const measured = `Took ${took} with Node ${process.version} on ${cpus().length} cores of ${model.trim()}.`;
  for (const text of [verdict, ...wrong, wrong.length === 0 ? 'All is well.' : 'Not well.', measured])
    process.stdout.write(`${text}\n`);
  if (wrong.length > 0) process.exitCode = 1;
  // Less than a week proves nothing that should be read.
  else if (days >= 7) keepFigures(root, 'soak', `${table(columns, rows)}\n\n${verdict} ${measured}`);
}

void main();
