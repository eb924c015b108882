import { panelInputs } from '../../../src/features/panel/panel-inputs';
import type { KeyEvent } from '../../../src/io/inputs/key-event';
import type { PointerEvent } from '../../../src/io/inputs/pointer-event';

const press: PointerEvent = { type: 'press', x: 1, y: 2 };
const release: PointerEvent = { type: 'release', x: 1, y: 2 };
const key: KeyEvent = { key: 'a', action: 'down', command: false };
const terminalKey: KeyEvent = { key: 'F2', action: 'down', command: true, terminal: 2 };

/** All parts, which tell what reaches them. */
function setUp({ isShown = true, isDark = false, isCalibrating = false, hasTerminal = true } = {}) {
  const told: string[] = [];
  const terminal = { isShown, switchTo: (number: number) => told.push(`terminal ${number}`) };
  const inputs = panelInputs({
    glass: { touched: () => !isDark, pressed: () => !isDark },
    terminal: hasTerminal ? terminal : undefined,
    calibration: { pointer: () => isCalibrating },
    display: { pointer: ({ type }) => told.push(type), key: (event) => told.push(event.key) },
  });
  return { told, terminal, inputs };
}

test('touches and keys reach the picture, and Ctrl-Alt-F2 the terminal', () => {
  const { told, inputs } = setUp();
  inputs.pointer(press);
  inputs.key(key);
  inputs.key(terminalKey);
  expect(told).toEqual(['press', 'a', 'terminal 2']);
});

test('while another terminal is shown nothing does but letting go', () => {
  const { told, terminal, inputs } = setUp();
  inputs.pointer(press);
  terminal.isShown = false;
  inputs.pointer({ ...press, type: 'move' });
  inputs.pointer(release);
  inputs.pointer(press);
  inputs.key(key);
  inputs.key(terminalKey);
  expect(told).toEqual(['press', 'release']);
});

test('what only wakes the panel does nothing else, and a calibration keeps its touches', () => {
  const dark = setUp({ isDark: true });
  const calibrating = setUp({ isCalibrating: true });
  for (const { inputs } of [dark, calibrating]) {
    inputs.pointer(press);
    inputs.key(terminalKey);
  }
  expect([dark.told, calibrating.told]).toEqual([[], ['terminal 2']]);
});

test('without a console keys are the picture’s', () => {
  const { told, inputs } = setUp({ hasTerminal: false });
  inputs.key(key);
  inputs.key(terminalKey);
  expect(told).toEqual(['a']);
});
