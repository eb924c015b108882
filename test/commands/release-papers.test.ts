import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { version } from '../../src/version';
import { temporaryFolder } from '../temporary-folder';

const folder = temporaryFolder();
const checkout = resolve(__dirname, '../..');
const changelog = readFileSync(join(checkout, 'CHANGELOG.md'), 'utf8');

interface Bill {
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly name: string;
    readonly version?: string;
    readonly licenses?: readonly unknown[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

function describeRelease(root: string, argument: string): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(join(root, 'setup/describe-release'), [argument], {
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

/** A checkout with the release's tools alone, and another changelog or version. */
function checkoutWith(name: string, text: string, packageVersion: string): string {
  const root = join(folder, name);
  mkdirSync(join(root, 'setup'), { recursive: true });
  cpSync(join(checkout, 'setup/describe-release'), join(root, 'setup/describe-release'));
  writeFileSync(join(root, 'CHANGELOG.md'), text);
  writeFileSync(join(root, 'package.json'), JSON.stringify({ version: packageVersion }));
  return root;
}

describe('the changelog', () => {
  const headings = [...changelog.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading);

  test('has the form of keepachangelog.com: what is unreleased, then versions, the newest first, with their dates', () => {
    expect(headings[0]).toBe('[Unreleased]');
    for (const heading of headings.slice(1)) expect(heading).toMatch(/^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/);
    const dates = headings.slice(1).map((heading) => heading.slice(-10));
    expect(dates).toEqual([...dates].sort().reverse());
    const kinds = [...changelog.matchAll(/^### (.*)$/gm)].map(([, kind]) => kind);
    expect(
      kinds.filter((kind) => !/^(Added|Changed|Deprecated|Removed|Fixed|Security)$/.test(kind ?? '')),
    ).toEqual([]);
  });

  test('has the version of package.json as its newest', () => {
    expect(headings[1]).toMatch(new RegExp(`^\\[${version.replaceAll('.', '\\.')}\\] `));
  });
});

test('a version that the changelog does not tell of is not released', () => {
  const root = checkoutWith('untold', changelog, '99.1.0');
  const { code, said } = describeRelease(root, 'check');
  expect([code, said]).toEqual([
    2,
    expect.stringMatching(/^packdial: CHANGELOG\.md has no heading for version 99\.1\.0: .*\n$/),
  ]);
});

test.each([
  ['nothing', '## [Unreleased]\n\n## [0.3.0] - 2027-01-01\n\n- a thing\n', /^$/],
  [
    'two entries',
    '## [Unreleased]\n\n### Added\n\n- a\n- b\n\n## [0.3.0] - 2027-01-01\n\n- c\n',
    /0\.3\.0 again, and CHANGELOG\.md has 2 entries/,
  ],
])('with %s below Unreleased a release is made, and said', (name, text, said) => {
  const answer = describeRelease(checkoutWith(`with ${name}`, text, '0.3.0'), 'check');
  expect([answer.code, answer.said]).toEqual([0, expect.stringMatching(said)]);
});

describe('a release’s papers', () => {
  const release = join(folder, 'release');
  const name = `packdial-${version}-${process.arch}.cdx.json`;
  let bill: Bill;
  let text = '';

  beforeAll(() => {
    mkdirSync(release);
    writeFileSync(join(release, 'packdial 1.deb'), 'a package');
    writeFileSync(join(release, 'another.pdr'), 'an archive');
    const { code, said } = describeRelease(checkout, release);
    expect([code, said]).toEqual([0, `${join(release, name)}\n${join(release, 'SHA256SUMS')}\n`]);
    text = readFileSync(join(release, name), 'utf8');
    bill = JSON.parse(text) as Bill;
  });

  test('the bill lists every package that packdial runs with, Node and the fonts, once and with a licence', () => {
    const own = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    expect(bill.metadata.component).toMatchObject({ name: 'packdial', version });
    const refs = bill.components.map((one) => one['bom-ref']);
    expect(refs.filter((ref, at) => refs.indexOf(ref) !== at)).toEqual([]);
    const wanted = Object.entries(own.dependencies).map(([one, its]) => `${one}@${its}`);
    expect(refs).toEqual(expect.arrayContaining([...wanted, 'barlow-semi-condensed']));
    // The Node that the checkout has, which is not the one that these tests run with when they try an older one.
    const shell = 'export PATH="$PWD/.runtime/node_modules/.bin:$PATH"; node --version';
    const node = execFileSync('sh', ['-c', shell], { cwd: checkout, encoding: 'utf8' }).trim();
    expect(refs).toContain(`node@${node.slice(1)}`);
    for (const one of Object.keys(own.devDependencies))
      expect(bill.components.map((it) => it.name)).not.toContain(one);
    expect(bill.components.filter(({ licenses = [] }) => licenses.length === 0)).toEqual([]);
    const known = new Set([...refs, `packdial@${version}`]);
    expect(
      bill.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !known.has(ref)),
    ).toEqual([]);
  });

  test('the bill has the parts for this system only', () => {
    const parts = bill.components.filter((one) => one.name.startsWith('@koromix/koffi-'));
    expect(parts.map((one) => one.name)).toEqual(
      parts.map((one) => one.name).filter((one) => existsSync(join(checkout, 'node_modules', one))),
    );
    expect(parts.length).toBeLessThan(3);
  });

  test('the bill names no host, time, folder or lot, and comes out the same again', () => {
    const hosts = new Set([...text.matchAll(/https?:\/\/([^/"]+)/g)].map(([, host]) => host));
    expect([...hosts]).toEqual(['cyclonedx.org']);
    expect(text).not.toMatch(/timestamp|serialNumber|"urn:uuid/);
    expect(text).not.toContain(checkout);
    expect(describeRelease(checkout, release).code).toBe(0);
    expect(readFileSync(join(release, name), 'utf8')).toBe(text);
  });

  test('the checksums are those of everything else in the folder', () => {
    const lines = readFileSync(join(release, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
    const sum = (file: string): string =>
      createHash('sha256')
        .update(readFileSync(join(release, file)))
        .digest('hex');
    const files = readdirSync(release).filter((file) => file !== 'SHA256SUMS');
    expect(files).toHaveLength(3);
    expect(lines.sort()).toEqual(files.map((file) => `${sum(file)}  ${file}`).sort());
    writeFileSync(join(release, 'another.pdr'), 'an archive that was changed');
    const checked = spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], {
      cwd: release,
      encoding: 'utf8',
    });
    expect([checked.status, checked.stdout]).toEqual([1, 'another.pdr: FAILED\n']);
  });
});
