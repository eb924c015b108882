import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { temporaryFolder } from '../temporary-folder';
import { openBrowser, phone, WebVisitor } from './web-visitor';

const folder = temporaryFolder();
const pages = ['index', 'docs/wiring', 'docs/using', 'docs/ja/boards'];
let browser: Browser;

beforeAll(async () => {
  execFileSync(process.execPath, [resolve(__dirname, '../../site/build-site.mjs'), folder]);
  browser = await openBrowser();
}, 120_000);

afterAll(() => browser.close());

test.each([
  ['a screen', { viewport: { width: 1280, height: 800 } }],
  ['a screen by night', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' as const }],
  ['a telephone', phone],
])(
  'the site for owners has no findings of axe-core on %s, and nothing is wider than that',
  async (_, options) => {
    const visitor = await WebVisitor.come(browser, `file://${folder}/index.html`, options);
    const found: Record<string, unknown> = {};
    for (const name of pages) {
      await visitor.page.goto(`file://${join(folder, name)}.html`);
      const findings = await visitor.findings();
      if (findings.length > 0) found[name] = findings;
      const tooWide = await visitor.page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect([name, tooWide]).toEqual([name, 0]);
    }
    expect(found).toEqual({});
    // Files alone: nothing is asked of a host.
    expect([...visitor.hosts]).toEqual(['']);
  },
  120_000,
);
