import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/base/user-error';
import type { Outcome } from '../../src/update/updater';
import { updateOutcomeText } from '../../src/words/en';
import { PowerCut, refusal, release, TrialMachine, type Health } from './trial-machine';

/** An outcome with its words. */
function told(outcome: Outcome | undefined): { kept: boolean; text: string } | undefined {
  return outcome && { kept: outcome.kept, text: updateOutcomeText(outcome.report) };
}

let machine: TrialMachine;
beforeEach(() => (machine = new TrialMachine()));
afterEach(() => machine.remove());

test('S0.69: a newer version is installed, shown, confirmed; the one before stays to go back to', async () => {
  const outcome = await machine.install(machine.write(release('2.0.0')));
  expect(told(outcome)).toEqual({ kept: true, text: 'Version 2.0.0 is installed and runs' });
  expect(machine.atRest).toEqual({ version: '2.0.0', clean: true });
  expect(machine.releases).toEqual(['1.0.0-1', '2.0.0-20261121080000']);
  expect(machine.told).toEqual([
    'Unpacking version 2.0.0',
    'Trying version 2.0.0 out',
    'Starting version 2.0.0',
    'Version 2.0.0 runs, and is watched for a while',
  ]);
  // The next one takes the place of the oldest.
  await machine.install(machine.write(release('3.0.0')), { running: '2.0.0' });
  expect(machine.releases).toEqual(['2.0.0-20261121080000', '3.0.0-20261121080000']);
});

test.each<[Health, string]>([
  ['no picture', 'Version 2.0.0 did not start; version 1.0.0 is back'],
  ['dies', 'Version 2.0.0 did not keep running; version 1.0.0 is back'],
])('S0.69: a version that starts with «%s» is rolled back by itself', async (health, text) => {
  const outcome = await machine.install(machine.write(release('2.0.0', health)));
  expect(told(outcome)).toEqual({ kept: false, text });
  expect(machine.atRest).toEqual({ version: '1.0.0', clean: true });
  expect(machine.releases).toEqual(['1.0.0-1']);
});

test('where nothing is installed, one sentence says so and nothing is made', async () => {
  const file = machine.write(release('2.0.0'));
  const { folder } = machine.installation;
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  expect(await refusal(machine.install(file))).toBe(
    'Nothing is installed here that could be updated: sudo make install installs packdial.',
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('a version that does not even run here is never switched to', async () => {
  machine.faults = { tryOut: () => Promise.resolve('no libcairo') };
  expect(await refusal(machine.install(machine.write(release('2.0.0'))))).toBe(
    'Version 2.0.0 does not run on this machine (no libcairo).',
  );
  expect(machine.atRest).toEqual({ version: '1.0.0', clean: true });
  expect(machine.steps).not.toContain('adopted');
});

test('a version whose files call themselves another is refused', async () => {
  const { archive } = await import('./keys');
  const { payload } = await import('./trial-machine');
  const file = machine.write(archive(payload('9.9.9'), { version: '2.0.0' }));
  expect(await refusal(machine.install(file))).toBe('The release does not hold version 2.0.0.');
  expect(machine.atRest).toEqual({ version: '1.0.0', clean: true });
  expect(machine.releases).toEqual(['1.0.0-1']);
});

test('when its units can not be put into place, those before are put back', async () => {
  let calls = 0;
  machine.faults = {
    putIntoPlace: () => {
      calls++;
      return calls === 1 ? Promise.reject(new UserError('No room for units.')) : Promise.resolve();
    },
  };
  expect(await refusal(machine.install(machine.write(release('2.0.0'))))).toBe('No room for units.');
  expect(machine.atRest).toEqual({ version: '1.0.0', clean: true });
  expect(calls).toBe(2);
});

test('going back fails half way: the old picture is there all the same, and the next start ends it', async () => {
  const file = machine.write(release('2.0.0', 'dies'));
  let calls = 0;
  machine.faults = {
    putIntoPlace: () => {
      calls++;
      return calls === 2 ? Promise.reject(new UserError('Disk gone.')) : Promise.resolve();
    },
  };
  expect(await refusal(machine.install(file))).toBe('Disk gone.');
  expect(machine.screen).toBe('1.0.0');
  await machine.powerOn();
  expect(machine.atRest).toEqual({ version: '1.0.0', clean: true });
});

/** All steps of an installation, as it takes them. */
async function stepsOf(health: Health): Promise<readonly string[]> {
  const rehearsal = new TrialMachine();
  try {
    await rehearsal.install(rehearsal.write(release('2.0.0', health)));
    return rehearsal.steps;
  } finally {
    rehearsal.remove();
  }
}

test.each<[Health, string]>([
  ['well', '2.0.0'],
  ['no picture', '1.0.0'],
  ['dies', '1.0.0'],
])(
  'a power cut after any step of installing one with «%s» leaves a machine that shows a picture and comes to rest',
  async (health, best) => {
    const steps = await stepsOf(health);
    expect(steps.length).toBeGreaterThan(7);
    const results: Record<string, string | undefined> = {};
    for (const step of steps) {
      const cut = new TrialMachine();
      try {
        cut.cutAfter = step;
        await expect(cut.install(cut.write(release('2.0.0', health)))).rejects.toBeInstanceOf(PowerCut);
        const outcome = await cut.powerOn();
        const { version, clean } = cut.atRest;
        expect([step, clean]).toEqual([step, true]);
        results[step] = version;
        // A release that was tried and given up is told of.
        if (outcome?.kept === false)
          expect(told(outcome)?.text).toMatch(/^Version 2\.0\.0 .*; version 1\.0\.0 is back$/);
        // And an update is possible again.
        await cut.install(cut.write(release('3.0.0')), { running: version ?? '' });
        expect([step, cut.atRest]).toEqual([step, { version: '3.0.0', clean: true }]);
      } finally {
        cut.remove();
      }
    }
    // Up to the switch the old one, from then on the new one if it is any good.
    for (const [step, version] of Object.entries(results)) {
      const before = steps.indexOf(step) < steps.indexOf('switched');
      expect([step, version]).toEqual([step, before ? '1.0.0' : best]);
    }
  },
);

test('a power cut after any step of going back, too, and once more after any step of settling that', async () => {
  const back = ['switched back', 'put back into place', 'gone back'];
  for (const first of back) {
    for (const second of back) {
      const cut = new TrialMachine();
      try {
        cut.cutAfter = first;
        await expect(cut.install(cut.write(release('2.0.0', 'dies')))).rejects.toBeInstanceOf(PowerCut);
        await cut.settleOnly(second);
        await cut.powerOn();
        expect([first, second, cut.atRest]).toEqual([first, second, { version: '1.0.0', clean: true }]);
      } finally {
        cut.remove();
      }
    }
  }
});

test('a release that hangs the machine at every start is given up at the third', async () => {
  machine.cutAfter = 'switched';
  await expect(machine.install(machine.write(release('2.0.0', 'no picture')))).rejects.toBeInstanceOf(
    PowerCut,
  );
  expect(await machine.flicker()).toBeUndefined();
  expect(machine.screen).toBeUndefined();
  expect(await machine.flicker()).toBeUndefined();
  expect(told(await machine.flicker())).toEqual({
    kept: false,
    text: 'Version 2.0.0 did not show its picture for long enough; version 1.0.0 is back',
  });
  expect(machine.screen).toBe('1.0.0');
  await machine.powerOn();
  expect(machine.atRest).toEqual({ version: '1.0.0', clean: true });
});

test('a well release survives short starts: two are not enough to give it up', async () => {
  machine.cutAfter = 'switched';
  await expect(machine.install(machine.write(release('2.0.0')))).rejects.toBeInstanceOf(PowerCut);
  await machine.flicker();
  expect((await machine.powerOn())?.kept).toBe(true);
  expect(machine.atRest).toEqual({ version: '2.0.0', clean: true });
});

test('without a trial a start changes nothing, and a note that nobody can read counts as none', async () => {
  expect(await machine.powerOn()).toBeUndefined();
  expect(machine.atRest).toEqual({ version: '1.0.0', clean: true });
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(machine.folder, 'trial.json'), '{"from": "../../etc", "to": 1');
  expect(await machine.powerOn()).toBeUndefined();
  expect(machine.installation.current).toBe('1.0.0-1');
  expect(readFileSync(join(machine.folder, 'units'), 'utf8')).toBe('units of 1.0.0');
});
