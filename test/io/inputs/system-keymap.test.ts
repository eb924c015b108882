import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../src/base/user-error';
import { keyCodes } from '../../../src/io/inputs/key-codes';
import { ConsoleKeymap } from '../../../src/io/inputs/keymap/console-keymap';
import { SystemKeymap } from '../../../src/io/inputs/keymap/system-keymap';
import type { Ran } from '../../../src/io/inputs/keymap/xkb-layout';
import { layoutOfFile, parseLayout } from '../../../src/protocol/keyboard-layout';
import { temporaryFolder } from '../../temporary-folder';

const german = readFileSync(join(__dirname, '../../fixtures/keymaps/de.kmap'), 'utf8');
const missing = 'ckbcomp: Can not find file "symbols/xx" in any known directory\n';

const folder = temporaryFolder();
let files = 0;

/** A system whose console types 1 for every key, with a layout's file and ckbcomp. */
function start(options: {
  readonly layout?: string;
  readonly file?: string;
  readonly newer?: boolean;
  readonly otherFile?: string;
  readonly console?: boolean;
  readonly ckbcomp?: Partial<Ran>;
}) {
  const { layout = '', file, newer = false, console = true, ckbcomp = {}, otherFile } = options;
  const path = join(folder, `keyboard${++files}`);
  const bootTime = Date.UTC(2026, 10, 29);
  if (file !== undefined) {
    writeFileSync(path, file);
    const at = new Date(bootTime + (newer ? 60_000 : -60_000));
    utimesSync(path, at, at);
  }
  const ran: string[] = [];
  const warned: string[] = [];
  const keymap = new SystemKeymap({
    layout,
    warn: (text) => warned.push(text),
    file: path,
    otherFile: otherFile ?? join(folder, 'none'),
    bootTime,
    run: (args) => {
      ran.push(args.join(' '));
      return Promise.resolve({ code: 0, stdout: german, stderr: '', ...ckbcomp });
    },
    console: new ConsoleKeymap({
      open: () => {
        if (console) return 3;
        throw new Error('EACCES');
      },
      close: () => undefined,
      ioctl: () => ({
        withNumber: () => 0,
        withBuffer: (_fd, request, data) => (request === 0x4b46 ? data.writeUInt16LE(0x31, 2) : 0),
      }),
    }),
  });
  const types = (): string | undefined => {
    const symbol = keymap.symbol(keyCodes.KEY_Y, 0);
    return symbol?.kind === 'character' ? symbol.character : undefined;
  };
  return { keymap, types, ran, warned };
}

const file =
  '# KEYBOARD CONFIGURATION FILE\nXKBMODEL="pc105"\nXKBLAYOUT="de"\nXKBVARIANT=""\nXKBOPTIONS=""\nBACKSPACE="guess"\n';

test('the setting goes before everything; until it is found, keys type as on the console', async () => {
  const { keymap, types, ran, warned } = start({ layout: 'de(nodeadkeys)', file });
  expect(types()).toBe('1');
  await keymap.find();
  expect([types(), ran, warned]).toEqual(['z', ['-layout de -variant nodeadkeys'], []]);
});

test('a layout that is none is refused in one sentence', async () => {
  const layout = start({ layout: 'xx', ckbcomp: { code: 2, stdout: '', stderr: missing } });
  await expect(layout.keymap.find()).rejects.toThrow(UserError);
  await expect(layout.keymap.find()).rejects.toThrow(/^--keyboard-layout xx is no keyboard layout .* such as de or ch\(fr\)\.$/); // prettier-ignore
  // ckbcomp goes on with the usual variant where it does not know one.
  const variant = start({ layout: 'de(xx)', ckbcomp: { stderr: 'WARNING: Can not find "xx" in "de".\n' } });
  await expect(variant.keymap.find()).rejects.toThrow('--keyboard-layout de(xx) is no keyboard layout');
});

test('without ckbcomp the setting is told about, and keys type as on the console', async () => {
  const { keymap, types, warned } = start({ layout: 'de', ckbcomp: { code: undefined, stdout: '' } });
  await keymap.find();
  expect(types()).toBe('1');
  expect(warned).toEqual([expect.stringContaining('sudo apt install console-setup')]);
});

test("the console's keymap counts, unless the file was changed since the boot", async () => {
  const usual = start({ file });
  await usual.keymap.find();
  expect([usual.types(), usual.ran]).toEqual(['1', []]);
  const changed = start({ file, newer: true });
  await changed.keymap.find();
  expect([changed.types(), changed.ran]).toEqual(['z', ['-layout de -model pc105']]);
  const unchanged = start({});
  await unchanged.keymap.find();
  expect([unchanged.types(), unchanged.ran, unchanged.warned]).toEqual(['1', [], []]);
});

test('where no console can be asked, the file is read; where that does not help, it is said', async () => {
  const read = start({ file, console: false });
  expect(read.types()).toBe('y');
  await read.keymap.find();
  expect([read.types(), read.warned]).toEqual(['z', []]);
  const without = start({ file, console: false, ckbcomp: { code: undefined, stdout: '' } });
  await without.keymap.find();
  expect(without.types()).toBe('y');
  expect(without.warned).toEqual([expect.stringMatching(/layout de .*US keyboard$/)]);
  const us = start({ file: 'XKBLAYOUT=us', console: false, ckbcomp: { code: undefined } });
  await us.keymap.find();
  expect(us.warned).toEqual([]);
  // A mistake in it stops nothing.
  const wrong = start({ file, newer: true, ckbcomp: { code: 2, stdout: '', stderr: missing } });
  await wrong.keymap.find();
  expect([wrong.types(), wrong.warned.length]).toEqual(['1', 1]);
});

test('the file is read as a shell does, and only what is safe', () => {
  expect(layoutOfFile("XKBLAYOUT='us,gr'\nXKBVARIANT=,polytonic # two\nXKBOPTIONS=\"ctrl:nocaps,compose:ralt\"\n")).toEqual({ layout: 'us,gr', variant: ',polytonic', model: '', options: ['ctrl:nocaps', 'compose:ralt'] }); // prettier-ignore
  expect(layoutOfFile('XKBLAYOUT=us\nXKBLAYOUT=fr\n#XKBLAYOUT=de')?.layout).toBe('fr');
  expect(layoutOfFile('XKBLAYOUT="$(reboot)"')).toBeUndefined();
  expect(layoutOfFile('')).toBeUndefined();
});

test('names of layouts', () => {
  expect(parseLayout('de')).toEqual({ layout: 'de', variant: '' });
  expect(parseLayout('ch(fr)')).toEqual({ layout: 'ch', variant: 'fr' });
  for (const none of ['', 'd', 'de fr', 'de(', '-I/x y', 'de;reboot'])
    expect(parseLayout(none)).toBeUndefined();
});

test('where there is no /etc/default/keyboard, systemd may have the layout in a file of its own', async () => {
  const otherFile = join(folder, 'vconsole.conf');
  writeFileSync(otherFile, 'KEYMAP=de-latin1\nXKBLAYOUT=de\nXKBVARIANT=nodeadkeys\n');
  const { keymap, types, ran } = start({ otherFile, console: false });
  await keymap.find();
  expect([types(), ran]).toEqual(['z', ['-layout de -variant nodeadkeys']]);
});

test.each([
  ['export XKBLAYOUT="de"\n', 'de', ''],
  ['XKBLAYOUT=de; XKBVARIANT=nodeadkeys\n', 'de', 'nodeadkeys'],
  ['XKBLAYOUT="us, de"\nXKBVARIANT=", neo"\n', 'us,de', ',neo'],
  ["XKBLAYOUT='ch' # Zurich\r\nXKBVARIANT='fr'\r\n", 'ch', 'fr'],
  ['#XKBLAYOUT="us"\nXKBLAYOUT="fr"\n', 'fr', ''],
])('a file may be written so: %j', (text, layout, variant) =>
  expect(layoutOfFile(text)).toMatchObject({ layout, variant }),
);
