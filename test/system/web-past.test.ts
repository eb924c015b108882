import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parquetReadObjects } from 'hyparquet';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { HistoryDatabase } from '../../src/io/recorders/history-database';
import { freePort, freeTcpPort, Packdial } from '../commands/packdial';
import { writeTenYears } from '../io/recorders/ten-years';
import { TemporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { FedBattery } from './fed-battery';
import { openBrowser, phone, WebVisitor } from './web-visitor';

/** The owner's tablet, and a telephone: axe-core's script would be forbidden otherwise. */
const tablet: BrowserContextOptions = { viewport: { width: 800, height: 1000 }, bypassCSP: true };
const telephone: BrowserContextOptions = { ...phone, bypassCSP: true };

const folder = new TemporaryFolder();
const data = join(folder.path, 'data');
let browser: Browser;
let display: Packdial;
let battery: FedBattery;
let address: string;

beforeAll(async () => {
  mkdirSync(data, { recursive: true });
  const database = new HistoryDatabase(join(data, 'history.sqlite'));
  // As much as it takes to look at: all of it takes long to make.
  writeTenYears(database, 1, Date.now(), ['power', 'stateOfCharge']);
  database.close();
  const [port, webPort] = [await freePort(), await freeTcpPort()];
  address = `http://127.0.0.1:${webPort}`;
  const file = join(folder.path, 'settings.json');
  writeFileSync(file, JSON.stringify({ source: 'udp', port, web: 'localhost', webPort, vnc: false }));
  battery = new FedBattery(port);
  display = new Packdial(['run', '--headless', '--config', file, '--data-dir', data], {
    // As the settings file says.
    PACKDIAL_WEB: '',
  });
  [browser] = await Promise.all([openBrowser(), display.says(/The web page is at|Open in your browser/)]);
}, 240_000);

afterAll(async () => {
  battery.close();
  display.kill();
  await display.end();
  await browser.close();
  folder.remove();
});

/** Somebody on a page, once it shows what it has. */
async function visit(path: string, options: BrowserContextOptions): Promise<WebVisitor> {
  const visitor = await WebVisitor.come(browser, address, options);
  // Without a panel everything may be touched by who has the key.
  await visitor.go(/\/open\?key=[\w-]+/.exec(display.stderr)?.[0] ?? '/');
  await visitor.go(path);
  await until('what it has', () =>
    visitor.page.evaluate<boolean>('document.body.dataset.loaded !== undefined'),
  );
  return visitor;
}

test('S1.21: energies by day, week, month and year with the year before, read by mouse, keyboard and finger', async () => {
  const visitor = await visit('/energy', tablet);
  const { page } = visitor;
  const bars = page.getByRole('slider');
  const reading = page.locator('.reading');
  const read = async (): Promise<string> => (await bars.getAttribute('aria-valuetext')) ?? '';
  const amount = '[\\d.]+ kWh out, [\\d.]+ kWh in';
  for (const [length, count, pattern] of [
    ['Day', '31', `^\\d+ \\w+: ${amount}; a year before: ${amount}$`],
    ['Week', '26', `^\\d+ .*to \\d+ \\w+: ${amount}; 52 weeks before: ${amount}$`],
    ['Month', '12', `^\\w+ \\d{4}: ${amount}; a year before: ${amount}$`],
    ['Year', '10', `^\\d{4}: ${amount}$`],
  ] as const) {
    await page.getByRole('button', { name: length, exact: true }).click();
    await until(length, async () => (await bars.getAttribute('aria-valuemax')) === count);
    await until(`a bar of a ${length}`, async () => new RegExp(pattern).test(await read()));
    expect(await page.locator('.behind').count()).toBe(length === 'Year' ? 0 : 2 * Number(count));
    expect(await page.getByText('the same days of the year before').isVisible()).toBe(length !== 'Year');
    expect(await visitor.findings()).toEqual([]);
    await visitor.shot(`energy-${length.toLowerCase()}`);
  }
  // Above the line is what went out, as on the display.
  const [lowest, highest] = await page.evaluate<number[]>(`[
    Math.max(...[...document.querySelectorAll('rect.out')].map((e) => e.getBBox().y + e.getBBox().height)),
    Math.min(...[...document.querySelectorAll('rect.in')].map((e) => e.getBBox().y)),
  ]`);
  expect(lowest).toBeLessThanOrEqual(highest! + 0.1);
  const latest = await reading.innerText();
  const box = (await bars.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.55, box.y + 20);
  await until('the bar under the mouse', async () => (await reading.innerText()) !== latest);
  expect(await bars.getAttribute('aria-valuenow')).toBe('6');
  await page.mouse.move(0, 0);
  expect(await reading.innerText()).toBe(latest);
  await bars.focus();
  for (const [key, now] of [
    ['ArrowLeft', '9'],
    ['Home', '1'],
    ['ArrowRight', '2'],
    ['End', '10'],
  ] as const) {
    await page.keyboard.press(key);
    expect([key, await bars.getAttribute('aria-valuenow')]).toEqual([key, now]);
  }
  expect(visitor.complaints).toEqual([]);
  await visitor.close();

  const small = await visit('/energy?by=week', telephone);
  const phoneBars = small.page.getByRole('slider');
  const place = (await phoneBars.boundingBox())!;
  await small.page.touchscreen.tap(place.x + place.width / 2 + 2, place.y + place.height / 2);
  expect(await phoneBars.getAttribute('aria-valuenow')).toBe('14');
  await small.page.getByText('Numbers').click();
  await small.page.getByRole('row', { name: /52 weeks before/ }).waitFor();
  expect(await small.page.evaluate<number>('document.documentElement.scrollWidth')).toBe(390);
  expect(await small.findings()).toEqual([]);
  await small.shot('energy-phone');
  expect(small.complaints).toEqual([]);
  await small.close();
});

test('S0.124, S0.138: two days come first; a range is entered by its ends in the display’s time, and refreshed as often as was chosen', async () => {
  const visitor = await visit('/history', tablet);
  const { page } = visitor;
  const loaded = (): Promise<number> => page.evaluate<number>('Number(document.body.dataset.loaded)');
  // Of what has a past, two days come first.
  expect(await page.locator('#range option:checked').textContent()).toBe('Last 2 days');
  expect(await page.locator('#range').inputValue()).toBe(
    await page.locator('#range option', { hasText: 'Last 2 days' }).getAttribute('value'),
  );
  const [from, to] = [page.getByLabel('From', { exact: true }), page.getByLabel('To', { exact: true })];
  await page.getByLabel('Range').last().selectOption({ label: 'Previous month' });
  const month = /^\d{4}-\d\d-01T00:00$/;
  await until(
    'its ends',
    async () => month.test(await from.inputValue()) && month.test(await to.inputValue()),
  );
  const begin = await from.inputValue();
  await from.fill(await to.inputValue());
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByText('The end must be later than the beginning.').waitFor();
  const before = await loaded();
  await from.fill(begin.replace('01T00:00', '02T06:30'));
  await to.fill(begin.replace('01T00:00', '03T18:00'));
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await until('charts', async () => (await loaded()) > before);
  expect(page.url()).toContain(`from=${begin.replace('01T00:00', '02T06:30')}&to=`);
  expect(await page.locator('#mistake').isVisible()).toBe(false);
  expect(await page.getByLabel('Range').last().inputValue()).toBe('-1');
  expect(await visitor.findings()).toEqual([]);
  await visitor.shot('history-entered');
  // Of cells nothing is known: a chart without a value has neither a number nor a time.
  expect(await page.locator('.chart').nth(2).innerText()).toMatch(/Nothing was heard in this time/);
  expect(await page.locator('.chart').nth(2).innerText()).not.toMatch(/NaN|Invalid/);
  await page.getByLabel('Range').last().selectOption({ label: 'Today so far' });
  await page.getByLabel('Refresh').selectOption({ label: '5 s' });
  expect(page.url()).toContain('refresh=5s');
  const chosen = await loaded();
  await until('two more questions', async () => (await loaded()) >= chosen + 2, 30);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
  const small = await visit('/history?from=now-1w/w&to=now/w', telephone);
  expect(await small.page.evaluate<number>('document.documentElement.scrollWidth')).toBe(390);
  expect(await small.findings()).toEqual([]);
  await small.shot('history-phone');
  await small.close();
});

test('a year is downloaded as Parquet, and others are answered within 100 ms meanwhile', async () => {
  const visitor = await visit('/history?from=now-1y&to=now', tablet);
  const { page } = visitor;
  await page.getByText('Download').click();
  await page.getByLabel('Form').selectOption({ label: 'Parquet' });
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save file' }).click();
  const file = await coming;
  const path = file.path();
  const state = { saved: false };
  void path.finally(() => (state.saved = true));
  const waits: number[] = [];
  while (!state.saved) {
    const asked = performance.now();
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    waits.push(performance.now() - asked);
    await setTimeout(5);
  }
  const [median = NaN] = waits.sort((a, b) => a - b).slice(waits.length / 2);
  console.info(`Parquet: ${waits.length} answers meanwhile, half of them within ${median.toFixed(1)} ms`);
  expect(median).toBeLessThan(100);
  expect(file.suggestedFilename()).toMatch(/^packdial-[\dT-]+-to-[\dT-]+\.parquet$/);
  const bytes = readFileSync(await path);
  const rows = await parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    columns: ['time', 'device', 'power', 'stateOfCharge'],
  });
  // Half hours of a year, and the one under way.
  expect(Math.abs(rows.length - 365 * 48)).toBeLessThan(5);
  const [first, second] = rows.slice(1);
  expect(Number(second!.time) - Number(first!.time)).toBe(1_800_000);
  expect(first).toMatchObject({
    device: 'battery',
    power: expect.any(Number) as number,
    stateOfCharge: expect.any(Number) as number,
  });
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a year is downloaded in each form, a piece at a time, while the display answers others', async () => {
  const visitor = await visit('/history?from=now-1y&to=now', tablet);
  const { page } = visitor;
  await page.getByText('Download').click();
  // Of the year only three values are known, and more since the display runs: its first are written ten seconds after its start.
  const head = 'time,device,voltage,current,power,stateOfCharge,';
  await until('the first of its own values', async () => {
    const answer = await fetch(`${address}/api/history/file?from=now-1h&to=now`);
    return (await answer.text()).startsWith(head);
  });
  const forms: readonly (readonly [string, RegExp])[] = [
    ['CSV, ISO dates', /^\d{4}-\d\d-\d\dT\d\d:[03]0:00[+-]\d\d:\d\d,battery,,,-?[\d.]+,[\d.]+,/],
    ['CSV, dates of the log', /^\d\d\/\d\d\/\d{4} \d\d:[03]0:00 ,battery,,,-?[\d.]+,[\d.]+,/],
    [
      'JSON Lines',
      /^{"time":"\d{4}-[^"]*","device":"battery","power":-?[\d.]+,"stateOfCharge":[\d.]+,"cell1":[\d.]+}$/,
    ],
  ];
  for (const [form, pattern] of forms) {
    await page.getByLabel('Form').selectOption({ label: form });
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save file' }).click();
    const file = await coming;
    const asked = performance.now();
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    console.info(
      `${form}: others are answered within ${(performance.now() - asked).toFixed(0)} ms meanwhile`,
    );
    expect(file.suggestedFilename()).toMatch(/^packdial-[\dT-]+-to-[\dT-]+\.(csv|jsonl)$/);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\n');
    if (form !== 'JSON Lines') expect(lines.shift()).toContain(head);
    expect(lines[0]).toMatch(pattern);
    // Half hours of a year, and the one under way.
    expect(Math.abs(lines.length - 365 * 48)).toBeLessThan(5);
  }
  expect(await visitor.findings()).toEqual([]);
  await visitor.shot('history-download');
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});
