import { HeardLog } from '../../../src/features/hearing/heard-log';
import { LogLimiter } from '../../../src/logging/log-limiter';

test('every rejected frame is told of, at most once a second of each kind, and the last ones too', () => {
  let now = 0;
  const told: [text: string, times: number][] = [];
  const tell = (text: string, times = 1): void => void told.push([text, times]);
  const heard = new HeardLog(
    { error: tell, warn: tell, info: tell, debug: () => undefined, open: () => Promise.resolve() },
    { monotonic: () => now },
  );
  for (now = 0; now < 1500; now++) {
    heard.rejected('wrong length', `${now} bytes`);
    heard.rejected('unknown id', undefined);
    if (now % 1000 === 0) heard.tick();
  }
  expect(told).toEqual([
    ['Not used, wrong length: 0 bytes', 1],
    ['Not used, wrong length: 1000 bytes', 1000],
  ]);
  now = 2000;
  heard.tick();
  heard.tick();
  expect(told.slice(2)).toEqual([['Not used, wrong length: 1499 bytes', 499]]);
});

test('an hour of 20,000 malformed datagrams a second is a handful of lines, which tell of all', () => {
  let now = 0;
  const limiter = new LogLimiter();
  const lines: string[] = [];
  const warn = (text: string, times = 1): void => {
    for (const [, line] of limiter.offer('warn', text, times, now)) lines.push(line);
  };
  const heard = new HeardLog(
    { error: warn, warn, info: warn, debug: warn, open: () => Promise.resolve() },
    { monotonic: () => now },
  );
  // Every hundredth of them.
  for (let i = 0; i < 3600 * 200; i++) {
    now = i * 5;
    heard.rejected('wrong length', `${i % 24} bytes from 10.0.0.7`);
  }
  expect(lines.length).toBeLessThan(15);
  expect(lines.at(-1)).toMatch(/\(again \d+ times in the last 10 minutes\)$/);
});
