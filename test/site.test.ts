import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { temporaryFolder } from './temporary-folder';

const checkout = resolve(__dirname, '..');
const folder = temporaryFolder();
const site = join(folder, 'site');

const page = (place: string): string => readFileSync(join(site, place), 'utf8');
const places = (): string[] =>
  readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));

/** Links and pictures of a page that lead nowhere on the site; those to elsewhere are left out. */
function deadEnds(place: string): string[] {
  return [...page(place).matchAll(/ (?:href|src)="([^"]*)"/g)]
    .map(([, target = '']) => target)
    .filter((target) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [path = '', anchor] = target.split('#').map((part) => decodeURIComponent(part));
      const file = path === '' ? place : join(dirname(place), path);
      if (!existsSync(join(site, file))) return true;
      return anchor !== undefined && !page(file).includes(` id="${anchor}"`);
    });
}

beforeAll(() => {
  const built = spawnSync(process.execPath, [join(checkout, 'site/build-site.mjs'), site], {
    encoding: 'utf8',
  });
  expect([built.status, built.stderr]).toEqual([0, '']);
});

test('every page of the documentation is on the site, the README as its first', () => {
  const wanted = ['docs', 'docs/ja'].flatMap((name) =>
    readdirSync(join(checkout, name))
      .filter((file) => file.endsWith('.md'))
      .map((file) => `${name}/${file.replace('.md', '.html')}`),
  );
  expect(places()).toEqual(expect.arrayContaining(['index.html', 'CHANGELOG.html', ...wanted]));
});

test('no link, picture or anchor of the site leads nowhere', () => {
  expect(places().flatMap((place) => deadEnds(place).map((target) => `${place}: ${target}`))).toEqual([]);
});

test('each page says its language, its title and where it is in the menu', () => {
  expect(page('docs/wiring.html')).toContain('<html lang="en">');
  expect(page('docs/wiring.html')).toContain('<title>Wiring · packdial</title>');
  expect(page('docs/wiring.html')).toContain('<a href="wiring.html" aria-current="page">');
  expect(page('docs/ja/wiring.html')).toContain('<html lang="ja">');
  expect(page('docs/ja/wiring.html')).toContain('<title>配線 · packdial</title>');
  expect(page('docs/ja/wiring.html')).toContain('<a href="start.html">はじめに</a>');
});

test('nothing on the site is asked of another host', () => {
  for (const place of places())
    expect(page(place)).not.toMatch(/<(?:img|script|link|iframe)[^>]* (?:src|href)="(?:https?:)?\/\//);
  expect(readFileSync(join(site, 'style.css'), 'utf8')).not.toMatch(/url\('?(?:https?:)?\/\//);
});

test('signs of HTML in code stay what they are', () => {
  expect(page('docs/devices.html')).not.toMatch(/<(?:file|name|type,)/);
  expect(page('docs/updates.html')).toContain('&lt;signature&gt;');
});
