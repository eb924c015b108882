import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the page, in memory. */
export interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
  /** Quoted, as in the header. */
  readonly etag: string;
}

/** The files of the page by the path that they are asked for with. There are no others. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Reads the files of a folder: the list of what may be asked for is made now, so that no path leads anywhere else. `index.html`
 * is `/`, and `status.html` is `/status`.
 *
 * @param folder as build.mjs fills it @throws Error when it can't be read
 */
export async function readStaticFiles(folder: string): Promise<StaticFiles> {
  const names = (await readdir(folder)).filter((name) => extname(name) in types);
  const read = await Promise.all(
    names.map(async (name) => [pathOf(name), fileOf(name, await readFile(join(folder, name)))] as const),
  );
  return new Map(read);
}

function pathOf(name: string): string {
  if (name === 'index.html') return '/';
  return `/${name.replace(/\.html$/, '')}`;
}

function fileOf(name: string, body: Buffer): StaticFile {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  return { type: types[extname(name)] ?? 'application/octet-stream', body, etag };
}
