import { RetainTrial } from '../../../src/io/mqtt/retain-trial';

const closed = { message: 'connection closed', found: 'closed' } as const;

test('a broker that says that it keeps nothing is connected without, for good', () => {
  const trial = new RetainTrial();
  expect(trial.refused({ code: 154, message: 'refused' })).toBe(true);
  expect(trial.retain).toBe(false);
  trial.connected();
  expect(trial.refused({ code: 154, message: 'refused' })).toBe(false);
  expect(trial.withoutFor(closed)).toBe(false);
  expect(trial.retain).toBe(false);
});

// As AWS IoT does where the policy lacks iot:RetainPublish.
test.each([[closed], [{ code: 135, message: 'not authorized' }]])(
  'one that hangs up without saying why is tried without: %j',
  (failure) => {
    const trial = new RetainTrial();
    expect(trial.withoutFor(failure)).toBe(true);
    expect(trial.retain).toBe(false);
    trial.connected();
    expect(trial.withoutFor(failure)).toBe(false);
    expect(trial.retain).toBe(false);
  },
);

test('where it was not that, messages are to be kept again, and wrong passwords are not tried twice each time', () => {
  const trial = new RetainTrial();
  const failure = { code: 135, message: 'not authorized' };
  let without = 0;
  for (let tries = 0; tries < 40; tries++) {
    if (!trial.retain) without++;
    trial.withoutFor(failure);
  }
  expect(without).toBeGreaterThan(1);
  expect(without).toBeLessThanOrEqual(4);
  expect(trial.retain).toBe(true);
});

test('another failure does not make it doubt', () => {
  const trial = new RetainTrial();
  expect(trial.withoutFor({ code: 'ECONNREFUSED', message: 'refused' })).toBe(false);
  expect(trial.retain).toBe(true);
});
