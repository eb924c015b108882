import { decodeEvtvFrame } from '../../../src/devices/evtv/decode';
import { SimulateSource, type SimulateSourceOptions } from '../../../src/io/sources/simulate-source';
import { packFrames, packFramesOfSecond } from '../../../src/simulation/pack-frames';
import { SimulatedPack } from '../../../src/simulation/simulated-pack';
import { frameSourceContract, type SourceBench } from '../../contracts/frame-source-contract';
import { FakeTimers } from '../fake-timers';
import { RecordingSink } from './recording-sink';

frameSourceContract(
  'the simulator',
  (): Promise<SourceBench> => {
    const timers = new FakeTimers();
    const pack = new SimulatedPack({ modules: 3, seed: 5 });
    const frames = packFramesOfSecond(pack);
    for (let turn = 0; turn < 12; turn++) {
      pack.advance(0.25 * 100);
      frames.push(...packFrames(pack, turn));
    }
    return Promise.resolve({
      source: new SimulateSource({ modules: 3, seed: 5, speed: 100, timers }),
      frames,
      tick: () => timers.advance(250),
      held: () => timers.pending,
      close: () => Promise.resolve(),
    });
  },
  [],
);

describe('the simulated battery', () => {
  const timers = new FakeTimers();
  const sink = new RecordingSink();

  async function run(seconds: number, options: SimulateSourceOptions): Promise<RecordingSink> {
    const own = new RecordingSink();
    const controller = new AbortController();
    const done = new SimulateSource({ ...options, timers }).run(controller.signal, own);
    await timers.advance(seconds * 1000);
    controller.abort();
    await done;
    return own;
  }

  it('has everything on the first picture', () => {
    const controller = new AbortController();
    void new SimulateSource({ modules: 3, finePower: true, timers }).run(controller.signal, sink);
    const messages = sink.frames
      .map((frame) => decodeEvtvFrame(frame))
      .map((m) => ('message' in m ? m.message : m));
    expect(new Set(messages)).toEqual(new Set(['0x150', '0x151', '0x650', '0x651', '0x652', '0x68F']));
    expect(messages.filter((message) => message === '0x68F')).toHaveLength(3);
    controller.abort();
  });

  it('sends at the pace of a controller, whatever the speed of its sun', async () => {
    const perSecond = 4 + 1 + 1 + 1 + 5;
    const first = 3 + 1 + 5;
    for (const speed of [0.5, 1, 600]) {
      const heard = await run(10, { modules: 5, speed });
      expect(heard.frames).toHaveLength(first + 10 * perSecond);
    }
  });

  it('moves faster when told so', async () => {
    const chargeAfter = async (speed: number): Promise<number | undefined> => {
      const heard = await run(20, { modules: 4, speed });
      const charges = heard.frames.map((frame) => decodeEvtvFrame(frame));
      return charges.flatMap((m) => ('stateOfCharge' in m ? [m.stateOfCharge] : [])).at(-1);
    };
    expect(await chargeAfter(1)).toBe(60);
    expect(await chargeAfter(200)).toBeGreaterThan(61);
  });

  it('says what it is', async () => {
    expect((await run(1, { modules: 1 })).text).toBe('Simulated pack of 1 module');
    expect((await run(1, { modules: 7, speed: 60 })).text).toBe(
      'Simulated pack of 7 modules, 60 times as fast',
    );
  });

  it.each([0, -1, Infinity, Number.NaN])('has no speed of %d', (speed) => {
    expect(() => new SimulateSource({ modules: 1, speed })).toThrow(RangeError);
    expect(() => new SimulateSource({ modules: 41 })).toThrow(RangeError);
  });
});
