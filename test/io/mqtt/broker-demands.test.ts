import { BrokerDemands } from '../../../src/io/mqtt/broker-demands';

const closed = { message: 'connection closed', found: 'closed' } as const;
const onPublish = { ...closed, unanswered: 'publish', topic: 'EVTV/Oak/availability' } as const;
const all = { retain: true, acknowledge: true, will: true };

test.each([
  [154, { ...all, retain: false }],
  [155, { ...all, acknowledge: false }],
])('a broker that says that it does not do something (%i) is connected without, for good', (code, wanted) => {
  const demands = new BrokerDemands();
  expect(demands.refused({ code, message: 'refused' })).toBe(true);
  expect(demands.wanted).toEqual(wanted);
  demands.connected();
  expect(demands.refused({ code, message: 'refused' })).toBe(false);
  expect(demands.wanted).toEqual(wanted);
});

test('one that does neither is asked for neither', () => {
  const demands = new BrokerDemands();
  demands.refused({ code: 154, message: 'refused' });
  expect(demands.refused({ code: 155, message: 'refused' })).toBe(true);
  expect(demands.wanted).toEqual({ retain: false, acknowledge: false, will: true });
});

// As AWS IoT does where the policy lacks iot:RetainPublish, or the will's topic.
test.each([[closed], [{ code: 135, message: 'not authorized' }], [{ code: 5, message: 'not authorized' }]])(
  'one that hangs up without saying why is tried without kept messages, then without a last will: %j',
  (failure) => {
    const demands = new BrokerDemands();
    expect(demands.withoutFor(failure)).toBe(true);
    expect(demands.wanted).toEqual({ ...all, retain: false });
    expect(demands.withoutFor(failure)).toBe(false);
    expect(demands.wanted).toEqual(all);
    expect(demands.withoutFor(failure)).toBe(true);
    expect(demands.wanted).toEqual({ ...all, retain: false, will: false });
    demands.connected();
    expect(demands.withoutFor(failure)).toBe(false);
    expect(demands.wanted).toEqual({ ...all, retain: false, will: false });
  },
);

test('where it was not that, all is asked for again, and wrong passwords are not tried twice each time', () => {
  const demands = new BrokerDemands();
  const failure = { code: 135, message: 'not authorized' };
  let less = 0;
  for (let tries = 0; tries < 48; tries++) {
    if (!demands.wanted.retain) less++;
    demands.withoutFor(failure);
  }
  expect(less).toBe(8);
  expect(demands.wanted).toEqual(all);
});

test('another failure does not make it doubt', () => {
  const demands = new BrokerDemands();
  expect(demands.withoutFor({ code: 'ECONNREFUSED', message: 'refused' })).toBe(false);
  expect(demands.wanted).toEqual(all);
});

test('one that hangs up each time when it is to acknowledge is tried with QoS 0', () => {
  const demands = new BrokerDemands();
  demands.ended(onPublish, false, false);
  demands.ended(onPublish, false, false);
  expect(demands.wanted).toEqual(all);
  demands.ended(onPublish, false, false);
  expect(demands.wanted).toEqual({ ...all, acknowledge: false });
  demands.ended(closed, true, false);
  for (let i = 0; i < 9; i++) demands.ended(closed, false, false);
  expect(demands.wanted).toEqual({ ...all, acknowledge: false });
});

test('not one that hangs up all the same then, nor one that has acknowledged something before', () => {
  const demands = new BrokerDemands();
  for (let i = 0; i < 3; i++) demands.ended(onPublish, false, false);
  for (let i = 0; i < 3; i++) demands.ended(closed, false, false);
  expect(demands.wanted).toEqual(all);
  const able = new BrokerDemands();
  able.ended(onPublish, false, true);
  for (let i = 0; i < 9; i++) able.ended(onPublish, false, false);
  expect(able.wanted).toEqual(all);
});
