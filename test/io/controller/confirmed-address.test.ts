import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfirmedAddressFile } from '../../../src/io/controller/confirmed-address';
import { temporaryFolder } from '../../temporary-folder';

const folder = temporaryFolder();

test('the address is remembered on the disk, as a whole', async () => {
  const path = join(folder, 'controller.json');
  const warn = jest.fn();
  const file = new ConfirmedAddressFile(() => path, warn);
  expect(await file.read()).toBeUndefined();
  await file.remember('192.168.1.20:6501');
  expect(await new ConfirmedAddressFile(() => path, warn).read()).toBe('192.168.1.20:6501');
  await file.remember('192.168.1.33:6501');
  expect(await new ConfirmedAddressFile(() => path, warn).read()).toBe('192.168.1.33:6501');
  expect(existsSync(`${path}.new`)).toBe(false);
  expect(readFileSync(path, 'utf8')).not.toContain('WIFIPASS');
  expect(warn).not.toHaveBeenCalled();
});

test.each(['', '{', 'null', '[]', '{"confirmed": 7}', '{"confirmed":"x'])(
  'a damaged file asks again: %s',
  async (content) => {
    const path = join(folder, 'damaged.json');
    writeFileSync(path, content);
    expect(
      await new ConfirmedAddressFile(
        () => path,
        () => undefined,
      ).read(),
    ).toBeUndefined();
  },
);

test('where the disk takes nothing, the address holds until the end, and it is said', async () => {
  const warn = jest.fn();
  const file = new ConfirmedAddressFile(() => join(folder, 'missing', 'controller.json'), warn);
  await file.remember('192.168.1.20:6501');
  expect(await file.read()).toBe('192.168.1.20:6501');
  expect(warn).toHaveBeenCalledTimes(1);
});
