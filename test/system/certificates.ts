import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key: paths of PEM files. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

/** An authority of the test's own, made by openssl. */
export class Authority {
  readonly cert: string;
  private readonly key: string;
  private count = 0;

  constructor(
    private readonly folder: string,
    name: string,
  ) {
    this.cert = join(folder, `${name}.crt`);
    this.key = join(folder, `${name}.key`);
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '365',
      '-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:TRUE', '-keyout', this.key, '-out', this.cert); // prettier-ignore
    writeFileSync(join(folder, `${name}.index`), '');
    writeFileSync(join(folder, `${name}.cnf`), config);
  }

  /** @param host the name or address that it is for @param from, to such as `20200101000000Z` */
  issue(host: string, { from = '20200101000000Z', to = '20991231000000Z' } = {}): Issued {
    const base = this.cert.replace(/\.crt$/, `-${++this.count}`);
    const [cert, key, request, extensions] = [`${base}.crt`, `${base}.key`, `${base}.csr`, `${base}.ext`];
    const isAddress = /^[\d.]+$/.test(host);
    writeFileSync(extensions, `subjectAltName=${isAddress ? 'IP' : 'DNS'}:${host}\n`);
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${host}`,
      '-keyout', key, '-out', request); // prettier-ignore
    openssl('ca', '-batch', '-notext', '-config', this.cert.replace(/\.crt$/, '.cnf'), '-cert', this.cert,
      '-keyfile', this.key, '-in', request, '-out', cert, '-outdir', this.folder, '-startdate', from, '-enddate', to,
      '-extfile', extensions, '-md', 'sha256'); // prettier-ignore
    return { cert, key };
  }
}

const config = `[ca]
default_ca = own
[own]
database = $ENV::DATABASE
unique_subject = no
rand_serial = yes
policy = any
email_in_dn = no
[any]
commonName = supplied
`;

function openssl(...args: readonly string[]): void {
  const cert = args[args.indexOf('-cert') + 1] ?? '';
  execFileSync('openssl', args, {
    stdio: 'pipe',
    env: { PATH: process.env['PATH'] ?? '', DATABASE: cert.replace(/\.crt$/, '.index') },
  });
}

/** What is in a PEM file. */
export function pem(path: string): string {
  return readFileSync(path, 'utf8');
}
