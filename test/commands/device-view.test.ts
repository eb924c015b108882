import { DeviceView } from '../../src/commands/device-view';

test('a line of JSON has no time of day while the machine can’t know it', () => {
  const view = new DeviceView({ name: 'house', kind: 'battery', type: 'jbd-serial' });
  const { reading } = view.sink(() => undefined);
  const line = (voltage: number, wall: string): unknown => {
    reading({ device: 'house', at: 0, group: 'basic', period: 1000, values: { voltage } });
    return JSON.parse(view.changedLine(100, new Date(wall)) ?? 'null');
  };
  expect(line(13.2, '1970-01-01T00:00:41Z')).toMatchObject({ timestamp: null });
  expect(line(13.3, '2026-06-12T12:00:00Z')).toMatchObject({ timestamp: '2026-06-12T12:00:00.000Z' });
});
