import type {
  ControllerLink,
  ControllerPresence,
  ItemResults,
} from '../../src/model/controller/controller-link';
import type { ControllerValues } from '../../src/model/controller/items';

/** One link with the controller behind it at hand: what a kind of link provides to be checked. */
export interface ControllerLinkBench {
  readonly link: ControllerLink;
  /** What the controller holds now, passwords among them. */
  held(): ControllerValues;
  /** Lets the controller announce what it holds until the link has heard it. */
  announce(): Promise<void>;
  /** The controller falls silent, and is taken for gone. */
  vanish(): Promise<void>;
  /** All that the link has logged. */
  logged(): string;
  close(): Promise<void>;
}

/**
 * What every link to a controller keeps, however it reaches it. The bench's controller holds the simulator's first values,
 * refuses UDP ports below 1024 (which pass our own checks), and its address is confirmed already.
 */
export function controllerLinkContract(name: string, makeBench: () => Promise<ControllerLinkBench>): void {
  describe(`${name} as a link to a controller`, () => {
    let bench: ControllerLinkBench;
    beforeEach(async () => {
      bench = await makeBench();
    });
    afterEach(() => bench.close());

    const heard = (): Extract<ControllerPresence, { state: 'heard' }>['announced'] => {
      const { presence } = bench.link;
      if (presence.state !== 'heard') throw new Error(`the controller is ${presence.state}`);
      return presence.announced;
    };
    const states = (results: ItemResults): Record<string, string> =>
      Object.fromEntries([...results].map(([item, { state }]) => [item, state]));

    it('knows of no controller until one has announced itself, and refuses to send', async () => {
      expect(bench.link.presence).toEqual({ state: 'never' });
      const results = await bench.link.save({ HIVOLT: 4.1 });
      expect(states(results)).toEqual({ HIVOLT: 'refused' });
      expect(bench.held().HIVOLT).toBe(4.2);
    });

    it('tells what is announced, where it came from, and no password', async () => {
      await bench.announce();
      const { WIFIPASS, ...rest } = bench.held();
      expect(WIFIPASS).toBeDefined();
      expect(heard().values).toEqual(rest);
      expect(heard().address).not.toBe('');
    });

    it('S0.56: sends changes, and tells what the controller has said of each', async () => {
      await bench.announce();
      const changes = { HIVOLT: 4.1, UDPPORT: 80, WIFIPASS: 'correct horse' };
      const results = await bench.link.save(changes);
      expect(states(results)).toEqual({
        HIVOLT: 'acknowledged',
        UDPPORT: 'refused',
        WIFIPASS: 'acknowledged',
      });
      expect([...results.keys()]).toEqual(['HIVOLT', 'UDPPORT', 'WIFIPASS']);
      expect(bench.held()).toMatchObject({ HIVOLT: 4.1, UDPPORT: 6500, WIFIPASS: 'correct horse' });
      expect(bench.link.saving).toMatchObject({ state: 'finished', results });
      bench.link.acknowledge();
      expect(bench.link.saving).toEqual({ state: 'idle' });
    });

    it('shows what was acknowledged, and only that, before and after the next announcement', async () => {
      await bench.announce();
      await bench.link.save({ LOVOLT: 3.4, UDPPORT: 80, WIFIPASS: 'correct horse' });
      for (let look = 0; look < 2; look++) {
        expect(heard().values).toMatchObject({ LOVOLT: 3.4, UDPPORT: 6500 });
        expect(heard().values).not.toHaveProperty('WIFIPASS');
        await bench.announce();
      }
    });

    it('lets nothing leave that is not good', async () => {
      await bench.announce();
      const before = bench.held();
      const results = await bench.link.save({ HIVOLT: 9, BMSID: 'a b', LOVOLT: 4.3 });
      expect(states(results)).toEqual({ HIVOLT: 'refused', BMSID: 'refused', LOVOLT: 'refused' });
      expect(bench.held()).toEqual(before);
    });

    it('has one SAVE at a time', async () => {
      await bench.announce();
      const first = bench.link.save({ HIVOLT: 4 });
      const second = await bench.link.save({ HIVOLT: 3.9 });
      expect(states(second)).toEqual({ HIVOLT: 'refused' });
      expect(states(await first)).toEqual({ HIVOLT: 'acknowledged' });
      expect(bench.held().HIVOLT).toBe(4);
    });

    it('says so when the controller is gone, with what it announced last', async () => {
      await bench.announce();
      await bench.vanish();
      expect(bench.link.presence).toMatchObject({ state: 'lost', announced: { values: { HIVOLT: 4.2 } } });
      expect(states(await bench.link.save({ HIVOLT: 4.1 }))).toEqual({ HIVOLT: 'refused' });
      await bench.announce();
      expect(bench.link.presence.state).toBe('heard');
    });

    it('never logs or tells a password', async () => {
      await bench.announce();
      const told = [JSON.stringify([...(await bench.link.save({ WIFIPASS: 'hunter2 hunter2', HIVOLT: 9 }))])];
      told.push(JSON.stringify([bench.link.presence, bench.link.saving, bench.link.warning]), bench.logged());
      expect(told.join()).not.toContain('hunter2');
    });
  });
}
