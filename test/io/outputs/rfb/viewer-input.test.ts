import { ViewerInput } from '../../../../src/io/outputs/rfb/viewer-input';
import type { KeyEvent } from '../../../../src/io/inputs/key-event';
import type { PointerEvent } from '../../../../src/io/inputs/pointer-event';

function viewer(): { input: ViewerInput; pointers: PointerEvent[]; keys: KeyEvent[] } {
  const pointers: PointerEvent[] = [];
  const keys: KeyEvent[] = [];
  const sink = {
    pointer: (event: PointerEvent) => pointers.push(event),
    key: (event: KeyEvent) => keys.push(event),
  };
  return { input: new ViewerInput(sink, 800, 480), pointers, keys };
}

test('S0.126: the left button is a finger, the mouse without it and the other buttons are none', () => {
  const { input, pointers } = viewer();
  input.pointer(0, 10, 10);
  input.pointer(1, 10, 10);
  input.pointer(1, 10, 10);
  input.pointer(1, 20, 10);
  input.pointer(5, 20, 10);
  input.pointer(0, 21, 10);
  for (const buttons of [2, 4, 8, 16, 0xfe, 0]) input.pointer(buttons, 30, 30);
  expect(pointers).toEqual([
    { type: 'press', x: 10, y: 10 },
    { type: 'move', x: 20, y: 10 },
    { type: 'release', x: 21, y: 10 },
  ]);
});

test('a finger beside the picture is at its edge', () => {
  const { input, pointers } = viewer();
  input.pointer(255, 65_535, 65_535);
  input.pointer(0, 65_535, 0);
  expect(pointers).toEqual([
    { type: 'press', x: 799, y: 479 },
    { type: 'release', x: 799, y: 0 },
  ]);
});

test('the finger of a viewer that is gone is lifted, once', () => {
  const { input, pointers } = viewer();
  input.pointer(1, 5, 6);
  input.close();
  input.close();
  expect(pointers.map(({ type }) => type)).toEqual(['press', 'release']);
});

test('S0.128: what is typed arrives, with what makes a command of it', () => {
  const { input, keys } = viewer();
  input.key(true, 0xffe1);
  input.key(true, 0x41);
  input.key(true, 0x41);
  input.key(false, 0x41);
  input.key(false, 0xffe1);
  input.key(true, 0xffe3);
  input.key(true, 0x63);
  input.key(false, 0xffe3);
  input.key(false, 0x63);
  input.key(true, 0xff0d);
  expect(keys).toEqual([
    { key: 'Shift', action: 'down', command: false },
    { key: 'A', action: 'down', command: false },
    { key: 'A', action: 'repeat', command: false },
    { key: 'Control', action: 'down', command: true },
    { key: 'c', action: 'down', command: true },
    { key: 'Enter', action: 'down', command: false },
  ]);
});

test('however many keys are held, few are remembered', () => {
  const { input, keys } = viewer();
  for (let keysym = 0x100; keysym < 10_000; keysym++) input.key(true, keysym);
  expect((input as unknown as { held: Map<number, string> }).held.size).toBe(32);
  expect(keys).toHaveLength(10_000 - 0x100);
});
