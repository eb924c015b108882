import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KnownSite, readKnownSite } from '../../../src/features/mqtt/known-site';
import type { RemoteSite } from '../../../src/protocol/mqtt/site-message';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { TemporaryFolder } from '../../temporary-folder';

const house: RemoteSite = { devices: [{ name: 'house', kind: 'battery', type: 'jbd-ble' }], bank: null };
const bow: RemoteSite = { devices: [{ name: 'bow', kind: 'battery', type: 'jbd-ble' }], bank: null };

function followed(shown: RemoteSite | undefined) {
  const state = { now: 0, written: '', rebuilt: 0, fails: false };
  const known = new KnownSite({
    bmsId: 'MorganOak',
    shown,
    write: (content) => {
      if (state.fails) return Promise.reject(new Error('no space'));
      state.written = content;
      return Promise.resolve();
    },
    now: () => state.now,
    rebuild: () => state.rebuilt++,
  });
  const seconds = async (count: number, site: RemoteSite) => {
    for (let i = 0; i < count; i++) {
      known.heard(site);
      await known.tick();
      state.now += 1000;
    }
    return state.rebuilt;
  };
  return { state, seconds };
}

test('a receiver of one battery begins anew for a list of devices once that was the same for three seconds', async () => {
  const { state, seconds } = followed(undefined);
  expect(await seconds(100, { devices: [], bank: null })).toBe(0);
  expect(await seconds(2, bow)).toBe(0);
  expect(await seconds(3, house)).toBe(0);
  expect(await seconds(1, house)).toBe(1);
  expect(state.written).toBe(`${JSON.stringify({ bmsId: 'MorganOak', site: house })}\n`);
});

test('other devices than those shown are taken over a minute after the start at the earliest, so that nobody can keep it busy', async () => {
  const { seconds } = followed(house);
  expect(await seconds(60, bow)).toBe(0);
  expect(await seconds(1, bow)).toBe(1);
});

test('where the list can’t be kept it does not begin anew again and again', async () => {
  const { state, seconds } = followed(undefined);
  state.fails = true;
  expect(await seconds(10, house)).toBe(0);
});

test('only a receiver reads it, of its own BMS ID, and a damaged file is none', async () => {
  const folder = new TemporaryFolder();
  mkdirSync(join(folder.path, 'mqtt'));
  const file = join(folder.path, 'mqtt', 'site.json');
  const read = (values: object) => readKnownSite({ ...resolveSettings([]), dataDir: folder.path, ...values });
  const receiver = { mqtt: 'receiver', bmsId: 'MorganOak' };
  expect(await read(receiver)).toBeUndefined();
  writeFileSync(file, JSON.stringify({ bmsId: 'MorganOak', site: house }));
  expect(await read(receiver)).toEqual(house);
  expect(await read({ ...receiver, bmsId: 'OtherOak' })).toBeUndefined();
  expect(await read({ ...receiver, mqtt: 'sender' })).toBeUndefined();
  for (const content of ['{"bmsId":"MorganOak","si', '{"bmsId":"MorganOak","site":{"devices":[{}]}}', '[]']) {
    writeFileSync(file, content);
    expect(await read(receiver)).toBeUndefined();
  }
  folder.remove();
});
