import { createWebApp } from '../../../src/io/web/web-app';
import { LiveEvents } from '../../../src/io/web/live-events';
import { Logins } from '../../../src/io/web/logins';
import type { Passwords } from '../../../src/io/web/passwords';
import { MadeParts } from './made-parts';

const origin = 'http://192.168.1.72:8080';
const both: Passwords = { control: 'Sesame123', view: 'LookOnly1' };

/** The page without a network: what comes in is a request, what goes out an answer. */
class Page {
  readonly made: MadeParts;
  private readonly app: ReturnType<typeof createWebApp>;

  constructor(passwords?: Passwords, key?: string, demo = false) {
    this.made = new MadeParts(passwords, key, demo);
    const { parts } = this.made;
    const events = new LiveEvents({ live: () => parts.live(), changes: parts.changes });
    this.app = createWebApp(parts, new Logins(parts), events);
  }

  async ask(
    path: string,
    { headers = {}, address = '192.168.1.9', ...init }: RequestInit & { address?: string } = {},
  ) {
    const all = { host: '192.168.1.72:8080', ...(headers as Record<string, string>) };
    const socket = { remoteAddress: address } as never;
    return this.app.request(`${origin}${path}`, { ...init, headers: all }, { incoming: { socket } });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}, address?: string) {
    return this.ask(path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { origin, 'content-type': 'application/json', ...headers },
      ...(address !== undefined && { address }),
    });
  }

  async login(password: string): Promise<string> {
    const answer = await this.post('/api/login', { password });
    expect(answer.status).toBe(200);
    return answer.headers.get('set-cookie')!.split(';')[0]!;
  }
}

describe('every answer', () => {
  test.each(['/', '/api/status', '/nothing', '/healthz', '/metrics'])(
    '%s carries what protects it',
    async (path) => {
      const { headers } = await new Page().ask(path);
      // The whole of it: what is added to a policy mostly takes protection away.
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
          "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe(path === '/' ? 'no-cache' : 'no-store');
    },
  );

  test('is for no page of somebody else’s: there is no CORS', async () => {
    const page = new Page();
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await page.ask('/api/status', {
        method,
        headers: { origin: 'http://evil.example' },
      });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('under a name that is not this machine’s says no more than that', async () => {
    const answer = await new Page().ask('/api/status', { headers: { host: 'evil.example:8080' } });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({ problem: expect.stringContaining('name') as string });
  });
});

describe('what is sent to it', () => {
  test.each([
    ['without an Origin', { origin: '' }],
    ['by another page', { origin: 'http://evil.example' }],
    ['by another page of this machine', { origin: 'http://192.168.1.72:80' }],
    ['by a form', { 'content-type': 'text/plain' }],
  ])('%s is refused', async (_, headers) => {
    const page = new Page(both);
    const answer = await page.post('/api/login', { password: both.control }, headers);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('by %s is refused', async (method) => {
    expect((await new Page().ask('/api/login', { method })).status).toBe(405);
  });

  test.each([
    [4096, 401],
    [4097, 413],
    [5000, 413],
  ])('is 4 kB at the most: %d bytes are answered with %d', async (bytes, status) => {
    const page = new Page(both);
    const body = JSON.stringify({ password: 'x'.repeat(bytes - '{"password":""}'.length) });
    expect(Buffer.byteLength(body)).toBe(bytes);
    expect((await page.post('/api/login', body)).status).toBe(status);
    const told = { 'content-length': String(bytes) };
    expect((await page.post('/api/login', body, told, '192.168.1.10')).status).toBe(status);
  });

  test.each(['', '{', '[]', 'null', '{"password":5}', '{"password":""}'])('%j is no login', async (body) => {
    expect((await new Page(both).post('/api/login', body)).status).toBe(400);
  });
});

describe('S0.126, S0.127: who may what', () => {
  const session = async (page: Page, cookie = '') =>
    (await (await page.ask('/api/session', { headers: { cookie } })).json()) as { access: string };

  test('without a password everybody sees and nobody touches', async () => {
    const page = new Page();
    expect(await session(page)).toMatchObject({ access: 'view', canLogIn: false });
    expect((await page.ask('/api/status')).status).toBe(200);
    expect((await page.post('/api/login', { password: 'evtv' })).status).toBe(401);
    expect((await page.post('/api/login', { password: 'pi' }, {}, '192.168.1.8')).status).toBe(401);
  });

  test('with a password for control it takes that to touch', async () => {
    const page = new Page({ control: both.control, view: '' });
    expect(await session(page)).toMatchObject({ access: 'view', canLogIn: true, loggedIn: false });
    const cookie = await page.login(both.control);
    expect(await session(page, cookie)).toMatchObject({ access: 'control', loggedIn: true });
  });

  test('with one for viewing nothing is seen without it but the page itself and that packdial runs', async () => {
    const page = new Page(both);
    expect(await session(page)).toMatchObject({ access: 'none' });
    for (const path of [
      '/api/status',
      '/api/devices',
      '/api/energy',
      '/api/events',
      '/api/history?value=power',
      '/api/history/series',
      '/metrics',
    ]) {
      expect((await page.ask(path)).status).toBe(401);
    }
    expect((await page.ask('/')).status).toBe(200);
    expect((await page.ask('/healthz')).status).toBe(200);
    const cookie = await page.login(both.view);
    expect(await session(page, cookie)).toMatchObject({ access: 'view' });
    expect((await page.ask('/api/status', { headers: { cookie } })).status).toBe(200);
  });

  test('programs may use HTTP’s Basic, with the same waiting', async () => {
    const page = new Page(both);
    const basic = (password: string) => ({
      headers: { authorization: `Basic ${Buffer.from(`any:${password}`).toString('base64')}` },
    });
    expect((await page.ask('/metrics', basic(both.view))).status).toBe(200);
    expect((await page.ask('/metrics', basic('wrong'))).status).toBe(401);
    expect((await page.ask('/metrics', basic(both.view))).status).toBe(401);
    page.made.now += 1000;
    expect((await page.ask('/metrics', basic(both.view))).status).toBe(200);
  });

  test('the cookie is out of the reach of scripts and of other pages, and lasts thirty days', async () => {
    const answer = await new Page(both).post('/api/login', { password: both.control });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^packdial=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2592000$/,
    );
  });

  test('a logout ends it', async () => {
    const page = new Page(both);
    const cookie = await page.login(both.control);
    expect((await page.post('/api/logout', {}, { cookie })).headers.get('set-cookie')).toContain('Max-Age=0');
    expect(await session(page, cookie)).toMatchObject({ access: 'none' });
  });

  test('wrong passwords make their address wait, even with the right one then, and nobody else', async () => {
    const page = new Page(both);
    const wrong = await page.post('/api/login', { password: 'wrong' });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('retry-after')).toBe('1');
    const early = await page.post('/api/login', { password: both.control });
    expect(early.status).toBe(429);
    expect(await early.json()).toMatchObject({ problem: 'Too many tries; wait 1 s.' });
    expect((await page.post('/api/login', { password: both.control }, {}, '192.168.1.10')).status).toBe(200);
    page.made.now += 1000;
    expect((await page.post('/api/login', { password: 'wrong' })).headers.get('retry-after')).toBe('2');
    page.made.now += 2000;
    expect((await page.post('/api/login', { password: both.control })).status).toBe(200);
  });

  test('a first minute: the address that packdial prints opens control, and no guess does', async () => {
    const page = new Page({ control: '', view: '' }, 'k'.repeat(22));
    const opened = await page.ask(`/open?key=${'k'.repeat(22)}`);
    expect([opened.status, opened.headers.get('location')]).toEqual([302, '/']);
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    expect(await session(page, cookie)).toMatchObject({ access: 'control', hasKey: true });
    const guessed = await page.ask('/open?key=nope');
    expect(guessed.headers.get('set-cookie')).toBeNull();
    // Who guesses waits as with passwords.
    expect((await page.ask(`/open?key=${'k'.repeat(22)}`)).headers.get('set-cookie')).toBeNull();
    expect((await new Page().ask('/open?key=')).headers.get('set-cookie')).toBeNull();
  });
});

describe('the other demonstration', () => {
  test('is gone over to by whoever may touch the display, and by nobody else', async () => {
    const page = new Page(both, undefined, true);
    const [control, view] = [await page.login('Sesame123'), await page.login('LookOnly1')];
    expect((await page.post('/api/demo', { show: 'boat' })).status).toBe(401);
    expect((await page.post('/api/demo', { show: 'boat' }, { cookie: view })).status).toBe(403);
    for (const wrong of ['{}', '[]', 'x', '{"show":""}', '{"show":"off"}', '{"show":["boat"]}'])
      expect((await page.post('/api/demo', wrong, { cookie: control })).status).toBe(400);
    const elsewhere = { cookie: control, origin: 'http://elsewhere.example' };
    expect((await page.post('/api/demo', { show: 'boat' }, elsewhere)).status).toBe(403);
    expect(page.made.demonstrated).toEqual([]);
    const answer = await page.post('/api/demo', { show: 'boat' }, { cookie: control });
    expect([answer.status, await answer.json()]).toEqual([200, { show: 'boat' }]);
    expect(page.made.demonstrated).toEqual(['boat']);
  });

  test('is not there where a real battery is shown', async () => {
    const page = new Page(both);
    const cookie = await page.login('Sesame123');
    expect((await page.post('/api/demo', { show: 'boat' }, { cookie })).status).toBe(404);
  });
});

describe('what it answers', () => {
  test('S0.125: /api/status is the CompleteStatus of the battery', async () => {
    const page = new Page();
    const answer = await page.ask('/api/status');
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(page.made.live().status)));
    expect((await page.ask('/api/status?battery=other')).status).toBe(404);
  });

  test('/api/devices are all devices, each in the form of decode --json', async () => {
    const answer = await new Page().ask('/api/devices');
    expect(answer.headers.get('content-type')).toContain('application/json');
    const { devices } = (await answer.json()) as { devices: unknown[] };
    expect(devices).toHaveLength(1);
    expect(devices[0]).toMatchObject({
      schema: 1,
      device: 'battery',
      type: 'evtv-udp',
      values: { voltage: 49.4, current: 42, stateOfCharge: 77.5, cycles: null },
      cells: [3.41, 3.42, 3.43, 3.44, 3.45, 3.46],
    });
  });

  test('/api/energy has the sums of all devices', async () => {
    const { devices } = (await (await new Page().ask('/api/energy')).json()) as { devices: unknown[] };
    const values = { energyInToday: null, timeToEmpty: null };
    expect(devices).toMatchObject([{ device: 'battery', kind: 'battery', values, days: [] }]);
  });

  test('/api/energy has them by day, week, month and year too, of all devices or one', async () => {
    const ask = async (query: string) => {
      const answer = await new Page().ask(`/api/energy?${query}`);
      return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
    };
    const weeks = (await ask('by=week')) as unknown as { devices: { periods: unknown[] }[] };
    expect(weeks).toMatchObject({
      status: 200,
      by: 'week',
      devices: [{ device: 'battery', kind: 'battery' }],
    });
    expect(weeks.devices[0]?.periods).toHaveLength(26);
    expect(weeks.devices[0]?.periods.at(-1)).toEqual({
      ...{ from: '2026-06-08', to: '2026-06-14', energyIn: null, energyOut: null, energyHours: 0 },
      ...{ energyInBefore: null, energyOutBefore: null },
    });
    expect(await ask('by=day&device=battery')).toMatchObject({
      status: 200,
      devices: [{ device: 'battery' }],
    });
    expect(await ask('device=battery')).toMatchObject({ status: 200, devices: [{ days: [] }] });
    const length = { status: 400, problem: 'by must be day, week, month or year.' };
    for (const by of ['hour', '', 'toString']) expect(await ask(`by=${by}`)).toEqual(length);
    const missing = { status: 404, problem: 'There is no device of this name.' };
    expect(await ask('device=roof')).toEqual(missing);
    expect(await ask('device=roof&by=year')).toEqual(missing);
  });

  test('/healthz says that it runs', async () => {
    expect(await (await new Page().ask('/healthz')).json()).toEqual({ status: 'ok', version: '1.2.3' });
  });

  test('/healthz/display says with its status whether the display does what it is there for', async () => {
    const page = new Page();
    expect((await page.ask('/healthz/display')).status).toBe(200);
    page.made.health = { status: 'trouble', panel: 'failing', source: 'live' };
    const failing = await page.ask('/healthz/display');
    expect([failing.status, await failing.json()]).toEqual([503, page.made.health]);
  });

  test('files: those of the list, and no path leads anywhere else', async () => {
    const page = new Page();
    expect(await (await page.ask('/')).text()).toBe('<!doctype html>');
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/public/..%2f..%2f..%2fetc%2fpasswd',
      '//etc/passwd',
      '/index.html',
      '/constructor',
      '/__proto__',
    ]) {
      expect((await page.ask(path)).status).toBe(404);
    }
  });

  test('files: one that the browser has is not sent again', async () => {
    const page = new Page();
    const first = await page.ask('/');
    const again = await page.ask('/', { headers: { 'if-none-match': first.headers.get('etag')! } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('a mistake inside is told without a word about it', async () => {
    const page = new Page();
    page.made.history = {
      reader: { query: () => Promise.reject(new Error('/secret/path')), recent: () => Promise.resolve([]) },
      devices: () => [{ name: 'battery', kind: 'battery' as const, kept: 'battery', quantities: ['power'] }],
    };
    const answer = await page.ask('/api/history?value=power');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
  });
});
