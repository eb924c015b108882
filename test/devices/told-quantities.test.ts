import { deviceTypes } from '../../src/devices/all';
import { quantities } from '../../src/model/quantities';

test.each(Object.entries(deviceTypes))('%s tells only quantities that its kind has', async (_, load) => {
  const type = await load();
  const tells = ('tells' in type ? type.tells : undefined) ?? [];
  for (const name of tells) expect(Object.keys(quantities[type.kind])).toContain(name);
  expect(new Set(tells).size).toBe(tells.length);
});
