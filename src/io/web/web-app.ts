import type { IncomingMessage } from 'node:http';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { prometheusText, prometheusType } from '../../protocol/prometheus';
import { energyAnswer } from './energy-answer';
import { HistoryQuestions } from './history-answer';
import { HistoryDownloads } from './history-export';
import { isOwnHost, isSameOrigin } from './host-check';
import type { LiveEvents } from './live-events';
import type { Logins } from './logins';
import type { Access } from './passwords';
import { securityHeaders } from './security-headers';
import type { WebParts } from './web-parts';

/** What a request comes with. */
export interface WebEnvironment {
  Bindings: { readonly incoming: Pick<IncomingMessage, 'socket'> };
  Variables: { access: Access };
}

/** Bytes that a request may send: there is nothing longer than a password. */
const mostBytes = 4096;

/**
 * The page, and what it asks for. What is not in this list is not there. Everything but the page's own files and the
 * question whether packdial runs takes the right to see.
 */
export function createWebApp(parts: WebParts, logins: Logins, events: LiveEvents): Hono<WebEnvironment> {
  const app = new Hono<WebEnvironment>();
  const questions = new HistoryQuestions();
  const downloads = new HistoryDownloads({
    workerFile: parts.parquetWorker,
    program: `packdial version ${parts.version}`,
  });
  const say = (c: Context, status: 400 | 401 | 403 | 404 | 405 | 413 | 503, problem: string): Response =>
    c.json({ problem }, status);

  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value);
    c.header('Cache-Control', 'no-store');
    if (!isOwnHost(c.req.header('host'), parts.names)) {
      return say(c, 403, 'This name is not one of packdial’s; use its address, or set webName.');
    }
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      if (c.req.method !== 'POST') return say(c, 405, 'There is nothing to be done this way.');
      if (!isSameOrigin(c.req.header('origin'), c.req.header('host')) || !isJson(c)) {
        return say(c, 403, 'Only packdial’s own page may do this.');
      }
    }
    await next();
  });
  app.use(bodyLimit({ maxSize: mostBytes, onError: (c) => say(c, 413, 'That is too long.') }));

  app.get('/healthz', (c) => c.json({ status: 'ok', version: parts.version }));
  app.get('/healthz/display', (c) => {
    const health = parts.health();
    return c.json(health, health.status === 'ok' ? 200 : 503);
  });
  app.get('/api/session', (c) => c.json({ ...logins.state(askerOf(c)), version: parts.version }));
  app.post('/api/login', async (c) => {
    const password = await textIn(c, 'password');
    if (password === undefined) return say(c, 400, 'A password is missing.');
    const login = logins.login(password, addressOf(c));
    if ('problem' in login) {
      c.header('Retry-After', String(login.wait));
      return c.json(login, login.status);
    }
    c.header('Set-Cookie', login.cookie);
    return c.json({ access: login.access });
  });
  app.post('/api/logout', (c) => {
    c.header('Set-Cookie', logins.logout(askerOf(c)));
    return c.json({});
  });
  app.get('/open', (c) => {
    const cookie = logins.openWithKey(c.req.query('key') ?? '', addressOf(c));
    if (cookie !== undefined) c.header('Set-Cookie', cookie);
    return c.redirect('/');
  });

  const mustSee = async (
    c: Context<WebEnvironment>,
    next: () => Promise<void>,
  ): Promise<Response | undefined> => {
    const access = logins.access(askerOf(c));
    if (access === 'none') return say(c, 401, 'This takes a password.');
    await next();
    return undefined;
  };
  app.use('/api/*', mustSee);
  app.use('/metrics', mustSee);
  app.get('/metrics', (c) =>
    c.body(prometheusText(parts.metrics()), 200, { 'Content-Type': prometheusType }),
  );
  app.get('/api/status', (c) => {
    const live = parts.live(c.req.query('battery'));
    return live === undefined ? say(c, 404, 'There is no battery of this name.') : c.json(live.status);
  });
  app.get('/api/devices', (c) => c.json({ devices: parts.devices() }));
  app.get('/api/energy', async (c) => {
    const answer = await energyAnswer(parts, c.req.query());
    return 'problem' in answer ? say(c, answer.status, answer.problem) : c.json(answer);
  });
  app.get('/api/events', (c) => {
    const stream = events.listen(() => c.env.incoming.socket.destroy());
    if (stream === undefined) return say(c, 503, 'Too many pages listen already.');
    return c.body(stream, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  });
  app.post('/api/demo', async (c) => {
    const { demonstrate } = parts;
    if (demonstrate === undefined) return say(c, 404, 'No demonstration is shown.');
    if (logins.access(askerOf(c)) !== 'control') return say(c, 403, 'Who may only look can’t switch it.');
    const show = await textIn(c, 'show');
    if (show !== 'battery' && show !== 'boat') return say(c, 400, 'show must be battery or boat.');
    demonstrate(show);
    return c.json({ show });
  });
  app.get('/api/history/series', (c) => {
    const devices = parts.history()?.devices() ?? [];
    return c.json({ devices: devices.map(({ name, quantities }) => ({ name, quantities })) });
  });
  app.get('/api/history', async (c) => {
    const answer = await questions.answer(parts.history(), c.req.query(), parts.wall());
    return 'problem' in answer ? say(c, answer.status, answer.problem) : c.json(answer);
  });
  app.get('/api/history/file', (c) => {
    const file = downloads.file(parts.history(), c.req.query(), parts.wall());
    if ('problem' in file) return say(c, file.status, file.problem);
    c.header('Content-Disposition', `attachment; filename="${file.name}"`);
    return c.body(file.body, 200, { 'Content-Type': file.type });
  });

  app.get('*', (c) => {
    const file = parts.files.get(c.req.path);
    if (file === undefined) return say(c, 404, 'There is nothing here.');
    c.header('Cache-Control', 'no-cache');
    c.header('ETag', file.etag);
    if (c.req.header('if-none-match') === file.etag) return c.body(null, 304);
    return c.body(new Uint8Array(file.body), 200, { 'Content-Type': file.type });
  });
  app.notFound((c) => say(c, 404, 'There is nothing here.'));
  app.onError((_, c) => c.json({ problem: 'That went wrong.' }, 500));
  return app;
}

function addressOf(c: Context<WebEnvironment>): string {
  return c.env.incoming.socket.remoteAddress ?? '';
}

function askerOf(c: Context<WebEnvironment>): {
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
  readonly address: string;
} {
  return {
    cookie: c.req.header('cookie'),
    authorization: c.req.header('authorization'),
    address: addressOf(c),
  };
}

function isJson(c: Context): boolean {
  return /^application\/json(;|$)/i.test(c.req.header('content-type') ?? '');
}

/** A text in the JSON that was sent; `undefined` where there is none, or an empty one. */
async function textIn(c: Context, name: string): Promise<string | undefined> {
  try {
    const body = await c.req.json<unknown>();
    const text =
      typeof body === 'object' && body !== null
        ? (body as Readonly<Record<string, unknown>>)[name]
        : undefined;
    return typeof text === 'string' && text !== '' ? text : undefined;
  } catch {
    return undefined;
  }
}
