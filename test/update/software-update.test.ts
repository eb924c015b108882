import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { idleAction } from '../../src/model/action-view';
import { SoftwareUpdate } from '../../src/update/software-update';
import { StatusTeller } from '../../src/update/status-teller';
import { readUpdateStatus, writeUpdateStatus } from '../../src/update/update-status';
import { actionText } from '../../src/words/en';
import { folderOfEachTest } from '../temporary-folder';
import { until } from '../until';

const folder = folderOfEachTest();
const requestFile = (): string => join(folder(), 'request');
const statusFile = (): string => join(folder(), 'status', 'status.json');

/** How it goes, as it is read on the screen. */
function shown({ view }: SoftwareUpdate) {
  const { state, progress } = view;
  return { state, text: actionText(view), progress };
}

/** A display whose clocks a test turns. */
class Display {
  uptime = 1000;
  changes = 0;
  private due: (() => void)[] = [];
  private hasLooked = false;
  readonly update: SoftwareUpdate;

  private constructor() {
    this.update = new SoftwareUpdate(() => this.changes++, {
      requestFile: requestFile(),
      statusFile: statusFile(),
      // Asked for when the status has been read, after which there is nothing more to wait for.
      uptime: () => {
        this.hasLooked = true;
        return this.uptime;
      },
      timers: {
        after: (_, callback) => {
          this.due = [callback];
          return () => (this.due = []);
        },
      },
    });
  }

  /** One that has looked once. */
  static async begin(): Promise<Display> {
    const display = new Display();
    await until('the first look', () => display.hasLooked);
    return display;
  }

  get waits(): boolean {
    return this.due.length > 0;
  }

  /** Lets what was begun come to its end: while an update goes on, that is the wait for the next look. */
  private ended(): Promise<void> {
    return until('the end of a look', () => this.waits || this.update.view.state !== 'running');
  }

  /** Lets what was begun come to its end, and the next look too. */
  async looks(): Promise<void> {
    await this.ended();
    for (const callback of this.due.splice(0)) callback();
    await this.ended();
  }
}

function tell(state: 'running' | 'done' | 'failed', text: string, uptime: number, progress?: number): void {
  writeUpdateStatus(statusFile(), { state, text, progress, uptime });
}

beforeEach(() => mkdirSync(join(folder(), 'status')));

test('S0.69: a touch asks for an update with an empty file, and shows how it goes to its end', async () => {
  const display = await Display.begin();
  expect(display.update.view).toEqual(idleAction);
  expect(display.waits).toBe(false);
  display.update.start();
  expect(shown(display.update)).toMatchObject({ state: 'running', text: 'Looking for a new version' });
  await display.looks();
  expect(existsSync(requestFile())).toBe(true);
  tell('running', 'Copying', 1001, 0.25);
  await display.looks();
  expect(shown(display.update)).toEqual({ state: 'running', text: 'Copying', progress: 0.25 });
  const { changes } = display;
  await display.looks();
  expect(display.changes).toBe(changes);
  tell('done', 'Version 2 is installed', 1002);
  await display.looks();
  expect(shown(display.update)).toMatchObject({ state: 'done', text: 'Version 2 is installed' });
  expect(display.waits).toBe(false);
});

test('a second touch meanwhile does nothing', async () => {
  const display = await Display.begin();
  display.update.start();
  await display.looks();
  rmSync(requestFile());
  display.update.start();
  await display.looks();
  expect(existsSync(requestFile())).toBe(false);
});

test('what an earlier update came to is not taken for this one', async () => {
  tell('failed', 'The stick was empty', 990);
  const display = await Display.begin();
  expect(shown(display.update)).toMatchObject({ state: 'failed', text: 'The stick was empty' });
  display.update.start();
  await display.looks();
  expect(display.update.view.state).toBe('running');
  tell('done', 'Now it is', 1000.5);
  await display.looks();
  expect(shown(display.update)).toMatchObject({ state: 'done', text: 'Now it is' });
});

test('a display that is started amidst an update shows it; long after one, nothing', async () => {
  tell('running', 'Version 2 runs, and is watched', 995, 0.9);
  const display = await Display.begin();
  expect(display.update.view).toMatchObject({ state: 'running', progress: 0.9 });
  tell('done', 'It is installed', 300);
  const later = await Display.begin();
  expect(later.update.view.state).toBe('idle');
});

test('where nobody takes the request, that is told, and it is taken back', async () => {
  const display = await Display.begin();
  display.update.start();
  await display.looks();
  display.uptime += 21;
  await display.looks();
  expect(shown(display.update)).toMatchObject({
    state: 'failed',
    text: expect.stringMatching(/did not begin/) as string,
  });
  expect(existsSync(requestFile())).toBe(false);
});

test('an update that tells nothing any more has broken off', async () => {
  tell('running', 'Unpacking', 900);
  const display = await Display.begin();
  expect(shown(display.update)).toMatchObject({
    state: 'failed',
    text: expect.stringMatching(/broke off/) as string,
  });
});

test('a packdial that is not installed says what that takes', async () => {
  rmSync(join(folder(), 'status'), { recursive: true });
  const display = await Display.begin();
  display.update.start();
  await display.looks();
  expect(shown(display.update)).toEqual({
    state: 'failed',
    text: 'Nothing here installs updates: that takes a packdial installed by sudo make install',
    progress: undefined,
  });
});

test.each([
  '',
  'nonsense',
  '{}',
  '{"state":"running","text":5,"uptime":1}',
  '{"state":"done","text":"x","uptime":-1}',
  '{"state":"running","text":"x","uptime":1,"progress":7}',
  'null',
])('a status that makes no sense (%s) is none', async (content) => {
  writeFileSync(statusFile(), content);
  expect(await readUpdateStatus(statusFile())).toBeUndefined();
});

test('closed, it looks no more', async () => {
  const display = await Display.begin();
  display.update.start();
  await display.looks();
  expect(display.waits).toBe(true);
  display.update.close();
  expect(display.waits).toBe(false);
});

test('what the installing side tells is what the display reads, and the journal gets each step once', async () => {
  const said: string[] = [];
  const teller = new StatusTeller(statusFile(), (text) => said.push(text));
  const version = '2.0.0';
  for (let done = 0; done <= 40; done++) {
    const values = { version, received: done * 1e6, size: 40e6 };
    teller.running({ code: 'copying', values }, done / 40);
  }
  teller.running({ code: 'unpacking', values: { version } }, undefined);
  expect(await readUpdateStatus(statusFile())).toMatchObject({
    state: 'running',
    text: 'Unpacking version 2.0.0',
  });
  teller.ended('failed', 'The disk is full.');
  expect(await readUpdateStatus(statusFile())).toMatchObject({ state: 'failed', text: 'The disk is full' });
  expect(said).toEqual(['Copying version 2.0.0: 0 MB of 40 MB', 'Unpacking version 2.0.0']);
});
