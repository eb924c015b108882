import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from '../temporary-folder';
import { program } from './packdial';

const folder = temporaryFolder();

interface Ended {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the program, alone in a folder, on a Node that says it is of this version. */
function startOn(version: string): Promise<Ended> {
  const alone = join(folder, 'packdial.js');
  copyFileSync(program, alone);
  const pretence = join(folder, `${version}.cjs`);
  writeFileSync(
    pretence,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
  );
  return new Promise((done) => {
    execFile(process.execPath, ['--require', pretence, alone, 'run'], (error, stdout, stderr) => {
      done({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

test.each(['12.22.12', '18.20.4', '20.20.2', '23.11.1', '25.0.0', '27.0.0'])(
  'Node %s is refused in one sentence',
  async (version) => {
    expect(await startOn(version)).toEqual({
      code: 2,
      stdout: '',
      stderr: `packdial: this is Node ${version}, and packdial runs only with Node 22, 24 or 26: install one of these, or run make build in packdial's checkout, which installs one there.\n`,
    });
  },
);

test('each Node that package.json names is taken: the program beside it is what is missing here', async () => {
  const { engines } = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const majors = engines.node.split(' || ');
  expect(majors).toEqual(['22', '24', '26']);
  for (const major of majors) expect((await startOn(`${major}.1.0`)).stderr).toContain('main.js');
});

test('a Node from before optional chaining and node: names can read the check', () => {
  const code = readFileSync(program, 'utf8');
  expect(code).toContain('packdial runs only with Node');
  expect(code).not.toMatch(/\?\?|\?\.|["']node:/);
});
