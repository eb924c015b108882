import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const checkout = resolve(__dirname, '../..');
/** Where archives go: the guest sees the checkout. */
const out = join(checkout, 'dist-bench/releases');
/** The same place in the guest. */
export const guestReleases = '/mnt/checkout/dist-bench/releases';

/** Keys of this run. */
export class ReleaseMaker {
  private readonly folder = mkdtempSync(join(tmpdir(), 'packdial-maker-'));
  private readonly key = join(this.folder, 'private.pem');
  /** The public key as it is installed. */
  readonly publicKey: string;

  constructor() {
    execFileSync(join(checkout, 'setup/release-key'), [this.key], { stdio: 'ignore' });
    this.publicKey = readFileSync(join(this.folder, 'private.pub'), 'utf8');
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
  }

  /**
   * Makes an archive of this checkout with another version, as `make release` does.
   *
   * @param flaw code that its display begins with when it runs as a service
   * @returns the archive's name
   */
  make(version: string, flaw?: string): string {
    const copy = join(this.folder, version);
    for (const part of ['src', 'setup', 'deploy', 'docs', 'fonts', 'images']) {
      cpSync(join(checkout, part), join(copy, part), { recursive: true });
    }
    for (const file of ['build.mjs', 'tsconfig.json', 'package-lock.json', 'README.md']) {
      cpSync(join(checkout, file), join(copy, file));
    }
    const text = readFileSync(join(checkout, 'package.json'), 'utf8');
    writeFileSync(join(copy, 'package.json'), text.replace(/"version": ".*?"/, `"version": "${version}"`));
    symlinkSync(join(checkout, 'node_modules'), join(copy, 'node_modules'));
    if (flaw !== undefined) {
      const main = join(copy, 'src/commands/run-display.ts');
      const source = readFileSync(main, 'utf8');
      const flawed = source.replace(
        /(export async function runDisplay\([^{]*\{)/,
        `$1 if (process.env['NOTIFY_SOCKET'] !== undefined) { ${flaw} }`,
      );
      if (flawed === source) throw new Error('the flaw found no place');
      writeFileSync(main, flawed);
    }
    execFileSync(process.execPath, ['build.mjs'], { cwd: copy, stdio: 'ignore' });
    execFileSync(join(copy, 'setup/release'), [this.key, out], { stdio: 'ignore' });
    rmSync(copy, { recursive: true });
    return `packdial-${version}-${process.arch}.pdr`;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(out, { recursive: true, force: true });
  }
}
