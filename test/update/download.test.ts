import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { download, Unreachable } from '../../src/update/download';
import { isUpdateUrl } from '../../src/update/update-url';
import { refusal } from './trial-machine';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(handle: RequestListener): Promise<string> {
  server = createServer(handle);
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function fetched(address: string, patience = { answer: 2000, silence: 300 }): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of download(address, 'arm64', patience)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test.each([
  ['https://example.org/packdial-{arch}.pdr', true],
  ['https://192.168.1.2:8443/x', true],
  ['http://localhost:8000/x', true],
  ['http://127.0.0.1/x', true],
  ['http://[::1]/x', true],
  ['http://example.org/x', false],
  ['http://localhost.example.org/x', false],
  ['https://user:secret@example.org/x', false],
  ['ftp://example.org/x', false],
  ['file:///etc/passwd', false],
  ['nonsense', false],
  ['', false],
])('that %s is an update address is %p', (address, is) => expect(isUpdateUrl(address)).toBe(is));

test('a file comes whole, over redirections, for this processor', async () => {
  const address = await serve((request, response) => {
    if (request.url === '/packdial-arm64.pdr') response.writeHead(302, { location: '/moved' }).end();
    else if (request.url === '/moved') response.writeHead(307, { location: `${address}/here` }).end();
    else response.end(`${request.url} ${'x'.repeat(100_000)}`);
  });
  expect(await fetched(`${address}/packdial-{arch}.pdr`)).toBe(`/here ${'x'.repeat(100_000)}`);
});

test('redirections have an end, and lead only to update addresses', async () => {
  const address = await serve((request, response) =>
    response.writeHead(302, { location: request.url === '/out' ? 'http://example.org/x' : '/again' }).end(),
  );
  expect(await refusal(fetched(`${address}/again`))).toMatch(/redirects too often/);
  expect(await refusal(fetched(`${address}/out`))).toBe(
    'Releases are fetched over https only, not from http://example.org/x.',
  );
});

test('what a server refuses is told with its number', async () => {
  const address = await serve((_, response) => response.writeHead(404).end());
  expect(await refusal(fetched(`${address}/x`))).toMatch(
    /has no release at the update address \(it answers 404\)/,
  );
});

test('one that stops in the middle, or falls silent there, is told', async () => {
  const address = await serve((request, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('half');
    if (request.url === '/stops') setTimeout(() => response.destroy(), 50);
  });
  expect(await refusal(fetched(`${address}/stops`))).toBe('The download broke off: try again.');
  expect(await refusal(fetched(`${address}/silent`))).toBe('The download broke off: try again.');
});

test('a taker may take his time', async () => {
  const address = await serve((_, response) => response.end('x'.repeat(500_000)));
  let bytes = 0;
  for await (const chunk of download(address, 'x64', { answer: 2000, silence: 100 })) {
    bytes += chunk.length;
    if (bytes < 200_000) await new Promise((later) => setTimeout(later, 150));
  }
  expect(bytes).toBe(500_000);
});

test('S0.70: no way to the server is told apart from a server that refuses', async () => {
  const address = await serve(() => undefined);
  await expect(fetched(`${address}/x`, { answer: 200, silence: 200 })).rejects.toBeInstanceOf(Unreachable);
  await expect(fetched('https://no-such-host.invalid/x')).rejects.toBeInstanceOf(Unreachable);
  server?.closeAllConnections();
  server?.close();
  const closed = await serve(() => undefined);
  server?.close();
  expect(await refusal(fetched(`${closed}/x`))).toMatch(/does not hand out releases: nobody answers there/);
});

test.each([
  ['CERT_HAS_EXPIRED', "can't be trusted: its certificate has expired; a clock"],
  // The code of a certificate that nobody known has signed has no word of certificates in it.
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    "can't be trusted: no known authority has signed its certificate; a clock",
  ],
  ['ERR_TLS_HANDSHAKE_TIMEOUT', "can't be trusted: ERR_TLS_HANDSHAKE_TIMEOUT; a clock"],
])('%s is put into words', async (code, words) => {
  await expect(failing({ code })).rejects.toThrow(words);
});

test('of two tries the one that found no way counts', async () => {
  const errors = [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }];
  await expect(failing(Object.assign(new Error('tried twice'), { errors }))).rejects.toMatchObject({
    server: { host: 'example.org', reason: 'the network does not lead there' },
  });
});

/** A fetch that fails for this cause. */
async function failing(cause: unknown): Promise<unknown> {
  const failed = Object.assign(new TypeError('fetch failed'), { cause });
  const fetching = jest.spyOn(globalThis, 'fetch').mockRejectedValue(failed);
  try {
    return await fetched('https://example.org/x');
  } finally {
    fetching.mockRestore();
  }
}
