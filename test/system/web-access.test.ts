import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { freeTcpPort, Packdial } from '../commands/packdial';
import { TemporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { openBrowser, openProfile, phone, WebVisitor } from './web-visitor';

/** A control as the Tab key meets it. */
interface Stop {
  readonly path: string;
  /** Its outline can be seen. */
  readonly outlined: boolean;
  /** Nothing lies above it. */
  readonly free: boolean;
}

const pages = ['/', '/status', '/energy', '/history', '/login'];
const widths: readonly (readonly [string, BrowserContextOptions])[] = [
  ['phone', { ...phone, viewport: { width: 390, height: 800 } }],
  ['desktop', { viewport: { width: 1280, height: 900 } }],
];
/** Names an element by its place among the others. */
const pathOf = `(element) => {
  const path = [];
  for (let e = element; e !== null && e !== document.body; e = e.parentElement)
    path.unshift(e.id !== '' ? '#' + e.id : e.tagName.toLowerCase() + ':' + [...e.parentElement.children].indexOf(e));
  return path.join(' ');
}`;

const folder = new TemporaryFolder();
let browser: Browser;
let display: Packdial | undefined;
let address: string;
/** Where the page is opened with the right to touch; without one nobody has it. */
let opened: string | undefined;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await end();
  await browser.close();
  folder.remove();
});

async function end(): Promise<void> {
  display?.kill();
  await display?.end();
  display = undefined;
}

async function show(demo: string, ...more: string[]): Promise<void> {
  await end();
  const port = await freeTcpPort();
  address = `http://localhost:${port}`;
  const own = ['--data-dir', join(folder.path, demo), '--web', 'localhost', '--web-port', String(port)];
  display = new Packdial(['run', '--demo', demo, '--headless', ...own, ...more]);
  await display.says(/Open in your browser|The web page is at/);
  opened = /\/open\?key=[\w-]+/.exec(display.stderr)?.[0];
  await until('values', async () => {
    const { devices } = (await (await fetch(`${address}/api/devices`)).json()) as {
      devices: { freshness: string }[];
    };
    return devices.length > 0 && devices.every(({ freshness }) => freshness === 'fresh');
  });
}

/** Somebody on the page, once it shows what it has. */
async function visit(path: string, options: BrowserContextOptions): Promise<WebVisitor> {
  const visitor = await WebVisitor.come(browser, address, { ...options, bypassCSP: true });
  if (opened !== undefined) await visitor.go(opened);
  await visitor.go(path);
  const { page } = visitor;
  if (path === '/') await visitor.connected();
  if (path === '/status')
    await page
      .getByRole('row', { name: /State of charge/ })
      .getByText(/\d/)
      .first()
      .waitFor();
  if (path === '/history' || path === '/energy')
    await until('charts', () => page.evaluate<boolean>('document.body.dataset.loaded !== undefined'));
  if (path !== '/login')
    await until('the live values', () =>
      page.evaluate<boolean>(`document.querySelector('#link').dataset.tone === 'live'`),
    );
  return visitor;
}

/** All that can be used, in the order in which it is read. */
function controls({ page }: WebVisitor): Promise<string[]> {
  return page.evaluate<
    string[]
  >(`[...document.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]')]
    .filter((e) => e.checkVisibility() && !e.disabled)
    .map(${pathOf})`);
}

/** Goes through the page with the Tab key, until the focus leaves it. */
async function walk({ page }: WebVisitor, most: number): Promise<Stop[]> {
  // Where the walk begins would otherwise be where the focus was last.
  await page.evaluate(`document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');
    window.scrollTo(0, 0)`);
  const stops: Stop[] = [];
  while (stops.length <= most) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate<Stop | null>(`(() => {
      const e = document.activeElement;
      if (e === null || e === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      const [x, y] = [box.x + Math.min(box.width / 2, innerWidth - box.x - 2), box.y + box.height / 2];
      const top = document.elementFromPoint(x, y);
      return {
        path: (${pathOf})(e),
        outlined: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
        free: top !== null && (e.contains(top) || top.contains(e)),
      };
    })()`);
    if (stop === null) break;
    // The parts of a date are stops of their own.
    if (stop.path !== stops.at(-1)?.path) stops.push(stop);
  }
  return stops;
}

async function checkAll(): Promise<void> {
  const found: Record<string, unknown> = {};
  for (const [width, options] of widths) {
    for (const path of pages) {
      const visitor = await visit(path, options);
      const name = `${width} ${path}`;
      const seen = await visitor.findings();
      if (seen.length > 0) found[name] = seen;
      const wanted = await controls(visitor);
      const stops = await walk(visitor, wanted.length);
      expect([name, stops.map(({ path: at }) => at)]).toEqual([name, wanted]);
      const hidden = stops.filter(({ outlined, free }) => !outlined || !free);
      if (hidden.length > 0) found[`${name}, the focus`] = hidden;
      await visitor.shot(`access-${display === undefined ? '' : width}${path.replace('/', '-')}`);
      expect(visitor.complaints).toEqual([]);
      await visitor.close();
    }
  }
  expect(found).toEqual({});
}

test('a boat’s pages have no findings of axe-core, and the Tab key walks through them, for who may only look', async () => {
  await show('boat', '--remote-password', 'Sesame-open-1', '--vnc', 'false');
  expect(opened).toBeUndefined();
  await checkAll();
}, 300_000);

test('each device of a boat has a card, which shows no values once packdial does not answer', async () => {
  const [, options] = widths[0]!;
  const visitor = await visit('/status', options);
  const cards = visitor.page.locator('#device-list > li');
  await until('a card each', async () => (await cards.count()) === 6);
  expect(await cards.locator('.name').allTextContents()).toEqual([
    'Bank',
    'house',
    'bow',
    'charger',
    'solar',
    'load',
  ]);
  const main = (): Promise<string[]> => cards.locator('.main b').allTextContents();
  expect(await main()).not.toContain('—');
  await end();
  await until('no values', async () => (await main()).every((text) => text === '—'));
  expect(await cards.locator('dd').allTextContents()).not.toContainEqual(expect.stringMatching(/\d/));
  expect(await cards.locator('.state').first().textContent()).toBe('no answer from packdial');
  await visitor.close();
});

test('so have one battery’s, for who may touch the display', async () => {
  await show('battery');
  expect(opened).toBeDefined();
  await checkAll();
}, 300_000);

test('the parts of a page have names, and its tables heads', async () => {
  const [, options] = widths[1]!;
  const visitor = await visit('/status', options);
  const { page } = visitor;
  for (const role of ['banner', 'navigation', 'main'] as const)
    expect(await page.getByRole(role).count()).toBe(1);
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  const bare = await page.evaluate<string[]>(`[...document.querySelectorAll('table')]
    .filter((table) => table.checkVisibility())
    .filter((table) => table.caption === null || [...table.rows].some((row) => row.querySelector('th[scope]') === null))
    .map((table) => table.id)`);
  expect(bare).toEqual([]);
  await visitor.close();
});

test('what is announced of live values does not change every second', async () => {
  const [, options] = widths[1]!;
  const visitor = await visit('/status', options);
  const { page } = visitor;
  await page.evaluate(`
    window.announced = 0;
    for (const element of document.querySelectorAll('[role=status], [role=alert], [aria-live]'))
      new MutationObserver(() => window.announced++).observe(element, { childList: true, characterData: true, subtree: true })`);
  const value = page
    .getByRole('row', { name: /^Power/ })
    .getByRole('cell')
    .first();
  for (let changes = 0; changes < 3; changes++) {
    const before = await value.textContent();
    await until('another power', async () => (await value.textContent()) !== before);
  }
  expect(await page.evaluate<number>('window.announced')).toBeLessThan(2);
  expect(await page.locator('#spoken').textContent()).toMatch(/charged/);
  await visitor.close();
});

test('the Tab key leaves the live picture, whose keys go to the display', async () => {
  const [, options] = widths[1]!;
  const visitor = await visit('/', options);
  const { page } = visitor;
  const focused = (): Promise<boolean> =>
    page.evaluate<boolean>(`document.activeElement === document.querySelector('#screen canvas')`);
  await page.getByRole('application').focus();
  await page.keyboard.press('Shift+Tab');
  expect(await focused()).toBe(false);
  await page.keyboard.press('Tab');
  expect(await focused()).toBe(true);
  await visitor.close();
});

test('the browser can install it as an app, without a complaint about its manifest or its icons', async () => {
  // Nothing is installed from a private window, as other tests have.
  const profile = await openProfile(join(folder.path, 'profile'));
  const page = await profile.newPage();
  await page.goto(`${address}/status`);
  const session = await profile.newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? '') as {
    start_url: string;
    display: string;
    icons: { src: string; sizes: string; type: string; purpose: string }[];
  };
  expect(manifest).toMatchObject({ start_url: '/', display: 'standalone' });
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  for (const { src, sizes, type } of manifest.icons) {
    const response = await fetch(address + src);
    expect([src, response.status, response.headers.get('content-type')]).toEqual([src, 200, type]);
    if (type !== 'image/png') continue;
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([src, `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`]).toEqual([src, sizes]);
  }
  await profile.close();
});
