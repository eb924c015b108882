import * as fc from 'fast-check';
import { controllerItemNames, type ControllerItemName } from '../../src/model/controller/items';
import { SaveConversation, type SaveStep, type SaveVerdict } from '../../src/protocol/controller-save';
import { SimulatedController, firstValues } from '../../src/simulation/simulated-controller';

const items = (pairs: Readonly<Record<string, string>>): Map<ControllerItemName, string> =>
  new Map(Object.entries(pairs) as [ControllerItemName, string][]);

/** Lets both sides talk until it is over. */
function talk(controller: SimulatedController, save: SaveConversation): SaveVerdict {
  const other = controller.conversation();
  let line = save.begin();
  for (let turn = 0; turn < 100; turn++) {
    const reply = other.take(line);
    if (reply.kind === 'keep') controller.become(reply.values);
    const step: SaveStep = save.take(reply.line);
    if ('over' in step) return step.over;
    line = step.send;
  }
  throw new Error('they talk for ever');
}

test('S0.56: what was taken is kept, all together, and only after COMMIT', () => {
  const controller = new SimulatedController();
  const save = new SaveConversation(items({ HIVOLT: '4.1', SSID: 'barn', WIFIPASS: 'correct horse' }));
  const before = controller.announcement();
  expect(talk(controller, save)).toEqual({ kind: 'done' });
  expect([...save.answers.values()].map(({ state }) => state)).toEqual(['taken', 'taken', 'taken']);
  expect(controller.values).toEqual({ ...firstValues, HIVOLT: 4.1, SSID: 'barn', WIFIPASS: 'correct horse' });
  expect(controller.announcement()).not.toEqual(before);
});

test('what is refused is left out, the others are kept', () => {
  const controller = new SimulatedController();
  const save = new SaveConversation(items({ HIVOLT: '9', UDPPORT: '80', CAN1SPEED: '500K' }));
  expect(talk(controller, save)).toEqual({ kind: 'done' });
  expect(save.answers.get('HIVOLT')).toEqual({
    state: 'refused',
    reason: { code: 'said', values: { words: 'It must be 2.5 to 4.5 V.' } },
  });
  expect(save.answers.get('UDPPORT')).toMatchObject({ state: 'refused' });
  expect(controller.values).toEqual({ ...firstValues, CAN1SPEED: '500K' });
});

test('values that don’t go together are refused as a whole, and nothing is kept', () => {
  const controller = new SimulatedController({ ...firstValues, LOVOLT: 3.9 });
  const verdict = talk(controller, new SaveConversation(items({ HIVOLT: '3.5', SSID: 'barn' })));
  expect(verdict).toMatchObject({
    kind: 'failed',
    reason: { code: 'said', values: { words: 'Low cut-off must be below high cut-off.' } },
  });
  expect(controller.values).toEqual({ ...firstValues, LOVOLT: 3.9 });
});

test('the same SAVE once more does no harm', () => {
  const controller = new SimulatedController();
  const twice = () => talk(controller, new SaveConversation(items({ LOVOLT: '3.3' })));
  expect([twice(), twice()]).toEqual([{ kind: 'done' }, { kind: 'done' }]);
  expect(controller.values.LOVOLT).toBe(3.3);
});

test('a display that goes away before COMMIT has changed nothing', () => {
  const controller = new SimulatedController();
  const other = controller.conversation();
  other.take({ word: 'SAVE', text: '1' });
  expect(other.take({ word: 'HIVOLT', text: '4.0' })).toEqual({
    kind: 'say',
    line: { word: 'ACK', text: 'HIVOLT' },
  });
  expect(controller.values).toEqual(firstValues);
  // Another conversation knows nothing of the first.
  const next = controller.conversation();
  next.take({ word: 'SAVE', text: '1' });
  expect(next.take({ word: 'COMMIT', text: '0' })).toMatchObject({ kind: 'keep', values: firstValues });
});

test('an acknowledgement is one of the item that was sent, and DONE one of as many as were taken', () => {
  const told = (lines: readonly (readonly [string, string])[]): SaveStep[] => {
    const save = new SaveConversation(items({ HIVOLT: '4.1' }));
    return lines.map(([word, text]) => save.take({ word, text }));
  };
  expect(
    told([
      ['HELLO', ''],
      ['ACK', 'LOVOLT'],
    ]).at(-1),
  ).toMatchObject({ over: { kind: 'broken' } });
  expect(
    told([
      ['HELLO', ''],
      ['ACK', 'HIVOLT'],
      ['DONE', '2'],
    ]).at(-1),
  ).toMatchObject({ over: { kind: 'broken' } });
  expect(
    told([
      ['HELLO', ''],
      ['ACK', 'HIVOLT'],
      ['DONE', '1'],
    ]).at(-1),
  ).toEqual({ over: { kind: 'done' } });
  expect(told([['DONE', '0']])).toMatchObject([{ over: { kind: 'broken' } }]);
  expect(
    told([
      ['HELLO', ''],
      ['BUSY', ''],
    ]).at(-1),
  ).toMatchObject({ over: { kind: 'busy' } });
});

test('no controller makes a display throw, or take for kept what was not', () => {
  const word = fc.constantFrom('HELLO', 'ACK', 'NAK', 'DONE', 'FAIL', 'BUSY', 'SAVE', 'X');
  const text = fc.oneof(
    fc.constantFrom('HIVOLT', 'LOVOLT', 'HIVOLT too high', '0', '1', '2', ''),
    fc.string({ maxLength: 100 }),
  );
  fc.assert(
    fc.property(fc.array(fc.record({ word, text }), { maxLength: 12 }), (lines) => {
      const save = new SaveConversation(items({ HIVOLT: '4.1', LOVOLT: '3.1' }));
      for (const [i, line] of lines.entries()) {
        const step = save.take(line);
        if (!('over' in step)) continue;
        if (step.over.kind !== 'done') return;
        expect(lines[0]!.word).toBe('HELLO');
        for (const [at, name] of ['HIVOLT', 'LOVOLT'].entries()) {
          expect(lines[at + 1]!.text.split(' ')[0]).toBe(name);
          const taken = save.answers.get(name as ControllerItemName)?.state === 'taken';
          expect(taken).toBe(lines[at + 1]!.word === 'ACK');
        }
        expect(i).toBe(3);
        return;
      }
    }),
    { numRuns: 2000 },
  );
});

test('no display makes the simulated controller throw or keep what it must not', () => {
  const word = fc.oneof(
    fc.constantFrom<string>('SAVE', 'COMMIT', ...controllerItemNames),
    fc.stringMatching(/^[A-Z0-9]{1,16}$/),
  );
  const text = fc.oneof(
    fc.constantFrom('1', '0', '2', '4.1', '80', '1000K', 'CST6'),
    fc.string({ maxLength: 90 }),
  );
  fc.assert(
    fc.property(fc.array(fc.record({ word, text }), { maxLength: 20 }), (lines) => {
      const controller = new SimulatedController();
      const other = controller.conversation();
      other.take({ word: 'SAVE', text: '1' });
      for (const line of lines) {
        const reply = other.take(line);
        if (reply.kind !== 'keep') continue;
        expect(Number(reply.values.HIVOLT)).toBeGreaterThan(Number(reply.values.LOVOLT));
        expect(Object.keys(reply.values).sort()).toEqual(Object.keys(firstValues).sort());
      }
    }),
    { numRuns: 1000 },
  );
});
