import { evtvReading } from '../../src/devices/evtv/readings';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HistoryKeeper } from '../../src/features/history/history-keeper';
import { LogAppender } from '../../src/io/recorders/log-appender';
import { LogFile } from '../../src/io/recorders/log-file';
import { SqliteRecorder } from '../../src/io/recorders/sqlite-recorder';
import { freshValues } from '../../src/model/log-values';
import { Site } from '../../src/model/site';
import { historyNotices, logNotices, OwnNotices } from '../../src/desk/own-notices';
import type { OwnNotice } from '../../src/screens/config/own-notice';
import { expectGolden } from '../golden-picture';
import { FailingFiles } from '../io/recorders/failing-files';
import { bundled, sampleAt } from '../io/recorders/temporary-history';
import { desk, Owner } from '../screens/config/config-stories';
import { mainPicture, surroundings, tell } from '../screens/stories';
import { SimulatedTime } from '../soak/simulated-time';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import type { HistoryEvent } from '../../src/model/recorder-reports';
import { logText, noticeWords } from '../../src/words/en';

const top = temporaryFolder();
const workerFile = bundled('src/io/recorders/history-worker.ts');

/** A log on a disk that can fail, and a battery that is heard every second. */
function logging() {
  const time = new SimulatedTime();
  time.setWall(new Date('2026-06-12T10:00:00.300Z'));
  const files = new FailingFiles();
  const { battery } = new Site().battery('battery');
  const path = join(mkdtempSync(join(top, 'log-')), 'PowerSafe100.log');
  const log = new LogFile({
    clock: time,
    timers: time,
    appender: new LogAppender(path, files),
    read: (now) => freshValues(battery, now),
  });
  log.start();
  const live = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      battery.apply(evtvReading({ message: '0x150', packCurrent: 12, packVoltage: 49.4 }, time.monotonic()));
      await time.pass(1000);
    }
    // What is under way on the real disk.
    await log.flush();
  };
  return {
    files,
    log,
    live,
    shorts: () => logNotices(log.state).map(({ report }) => noticeWords(report).short),
  };
}

test.each([
  ['ENOSPC', 'Not logging: the disk is full'],
  ['EROFS', 'Not logging: the disk is read-only'],
  ['EIO', 'Not logging: the disk does not work (EIO)'],
])('a log that can’t be written is a notice, until it can: %s', async (code, short) => {
  const { files, log, live, shorts } = logging();
  await live(12);
  expect(shorts()).toEqual([]);
  files.mishaps = [{ in: 'write', code }];
  await live(25);
  expect(shorts()).toEqual([short]);
  expect(logText(log.state.report)).toMatch(/^The log can't be written: .*memory\.$/);
  files.mishaps = [];
  await live(25);
  expect(shorts()).toEqual([]);
  await log.close();
});

test('a disk that is nearly full is told before it is full: what is left is the system’s', async () => {
  const { files, log, live, shorts } = logging();
  files.free = 300e6;
  await live(25);
  expect(shorts()).toEqual(['Not logging: the disk is nearly full']);
  expect(logText(log.state.report)).toContain('300.0 MB free');
  files.free = 20e9;
  await live(25);
  expect(shorts()).toEqual([]);
  await log.close();
});

const keeperOf = (recorder: SqliteRecorder, notes: HistoryEvent[] = []): HistoryKeeper =>
  new HistoryKeeper({ site: new Site(), clock: new SimulatedTime(), recorder, reader: recorder, notes });

test('a history that can’t be written is a notice, while it can’t', async () => {
  const folder = mkdtempSync(join(top, 'history-'));
  const recorder = new SqliteRecorder({
    file: join(folder, 'missing', 'history.sqlite'),
    workerFile,
    wall: () => Date.UTC(2026, 5, 1),
    interval: 10,
  });
  const keeper = keeperOf(recorder);
  expect(historyNotices(keeper)).toEqual([]);
  recorder.record(sampleAt(Date.UTC(2026, 5, 1), { power: 1 }));
  await until('no history is written', () => recorder.status.state === 'down');
  const [notice] = historyNotices(keeper);
  expect(notice).toMatchObject({ name: 'history', untilRead: false });
  const { short, text } = noticeWords(notice!.report);
  expect(short).toMatch(/^No history is written: /);
  expect(text).toContain('waits in memory');
  await recorder.close();
});

test('a damaged history that was set aside is a notice until it was read', async () => {
  const folder = mkdtempSync(join(top, 'history-'));
  const file = join(folder, 'history.sqlite');
  writeFileSync(file, 'no database at all'.repeat(400));
  const notes: HistoryEvent[] = [];
  const recorder = new SqliteRecorder({
    file,
    workerFile,
    wall: () => Date.UTC(2026, 5, 1),
    note: (event) => notes.push(event),
    interval: 10,
  });
  recorder.record(sampleAt(Date.UTC(2026, 5, 1), { power: 1 }));
  await until(
    'the damage is told and a new history written',
    () => notes.length > 0 && recorder.status.waiting === 0,
  );
  await recorder.close();
  let changes = 0;
  const notices = new OwnNotices(
    () => historyNotices(keeperOf(recorder, notes)),
    () => changes++,
  );
  expect(notices.short).toBe('The history was damaged');
  const [aside] = readdirSync(folder).filter((name) => name.includes('corrupt'));
  expect(noticeWords(notices.unread!.report).text).toContain(aside);
  notices.read(notices.unread!);
  expect([notices.short, notices.unread, changes]).toEqual(['', undefined, 1]);
});

const standing: OwnNotice = {
  name: 'log',
  report: {
    code: 'log-not-written',
    values: { code: 'log-failed', values: { trouble: { code: 'disk-full', values: {} }, losing: false } },
  },
  untilRead: false,
};
const happened: OwnNotice = {
  name: 'history.corrupt-1',
  report: {
    code: 'history-set-aside',
    values: { why: 'damaged', aside: '/var/lib/packdial/history.corrupt-20260612T104107Z.sqlite' },
  },
  untilRead: true,
};

test('the settings tell each notice once; one that stands stays on the main screen, and is told again when it comes again', () => {
  let all: OwnNotice[] = [standing, happened];
  const notices = new OwnNotices(
    () => all,
    () => undefined,
  );
  expect(notices.short).toBe('Not logging: the disk is full (+1 more)');
  const owner = new Owner({ editor: desk().editor, notices });
  expect(owner.names()).toEqual(['yes']);
  owner.touch('yes').touch('yes');
  expect(owner.names()).toContain('save');
  expect(notices.short).toBe('Not logging: the disk is full');
  all = [happened];
  owner.look();
  expect(notices.short).toBe('');
  all = [standing, happened];
  owner.look();
  expect(owner.names()).toEqual(['yes']);
});

test.each([
  ['', 800, 480],
  ['-480x320', 480, 320],
] as const)('notices look as they were agreed%s', (suffix, width, height) => {
  const notices = new OwnNotices(
    () => [standing, happened],
    () => undefined,
  );
  const around = surroundings(200, { notice: notices.short });
  const battery = tell({ modules: 16, current: 124, voltage: 49.4 });
  expectGolden(mainPicture(battery, around, [width, height]).canvas, `main-not-logging${suffix}`);
  const owner = new Owner({ editor: desk().editor, notices }, width, height);
  expectGolden(owner.picture().canvas, `settings-not-logging${suffix}`);
  expectGolden(owner.touch('yes').picture().canvas, `settings-history-damaged${suffix}`);
});
