import { CanHealth } from '../../../src/io/sources/can-health';
import type { CanController } from '../../../src/protocol/rtnetlink';
import { statusText } from '../../../src/words/en';
import { worded } from '../../worded';

const up = { state: 'up', heard: 0 } as const;
const chip: CanController = {
  kind: 'can',
  bitRate: 500_000,
  restartMs: 0,
  state: 'active',
  listenOnly: false,
};

describe('the health of a CAN bus', () => {
  it('stays at the worst of five looks, so that a state which comes and goes is told once', () => {
    const health = new CanHealth('can0');
    const notes = Array.from({ length: 40 }, (_, look) => {
      health.frame();
      const state = look < 20 && look % 3 === 0 ? 'passive' : 'active';
      return worded(health.look(up, { ...chip, state })).note;
    });
    expect(notes.slice(0, 18)).toEqual(Array(18).fill('passive'));
    expect(notes.slice(25)).toEqual(Array(15).fill(undefined));
  });

  it('tells a state that lasted less than a second, from its error frames', () => {
    const health = new CanHealth('can0');
    health.frame();
    health.error({ state: 'bus-off', side: 'sending' });
    health.error({ state: 'active' });
    expect(statusText(health.look(up, { ...chip, restartMs: 100 }))).toBe(
      'CAN can0 is off the bus: check wiring and bit rate; restarting by itself',
    );
  });

  it.each([
    [{ sending: 128, receiving: 2 }, 'CAN can0: nobody acknowledges'],
    [{ sending: 0, receiving: 135 }, 'CAN can0 hears too many errors'],
    [{ sending: 130, receiving: 130 }, 'CAN can0 has too many errors'],
    [undefined, 'CAN can0 has too many errors'],
  ])('knows from the counters %j whose frames go wrong', (errors, words) => {
    const passive = { ...chip, state: 'passive' as const, ...(errors && { errors }) };
    const text = statusText(new CanHealth('can0').look(up, passive));
    expect(text.startsWith(words)).toBe(true);
  });

  it('says for how long nothing is heard in steps, and why when it only listens', () => {
    const health = new CanHealth('can0');
    const texts = new Set<string>();
    for (let second = 0; second < 90_000; second++) texts.add(statusText(health.look(up, chip)));
    expect([...texts]).toEqual([
      'Listening on CAN can0',
      ...['10 s', 'a minute', '10 min', 'an hour', 'a day'].map(
        (span) => `CAN can0 is up but silent for over ${span}: no frames at 500 kbit/s`,
      ),
    ]);
    expect(statusText(health.look(up, { ...chip, listenOnly: true }))).toBe(
      'CAN can0 is silent, for it only listens: a bus of two needs its acknowledgement',
    );
    expect(statusText(health.look(up, { kind: 'vcan', listenOnly: false }))).toMatch(
      /over a day: no frames$/,
    );
  });

  it('forgets all when the interface goes down', () => {
    const health = new CanHealth('can0');
    for (let second = 0; second < 20; second++) health.look(up, { ...chip, state: 'passive' });
    expect(health.look({ state: 'down', heard: 0 }, undefined)).toMatchObject({
      state: 'connecting',
      report: { code: 'can-down' },
    });
    expect(health.look(up, chip)).toEqual({
      state: 'up',
      report: { code: 'can-listening', values: { name: 'can0' } },
    });
  });
});
