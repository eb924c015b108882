import * as fc from 'fast-check';
import { controllerStates } from '../../src/protocol/can-controller';
import { parseCanErrorFrame } from '../../src/protocol/can-error-frame';

function bytes(controller: number): Uint8Array {
  return Uint8Array.of(0, controller, 0, 0, 0, 0, 0, 0);
}

describe('an error frame', () => {
  it.each([
    ['its own frames make it passive', 0x04, 0x20, { state: 'passive', side: 'sending' }],
    ['what it hears makes it passive', 0x04, 0x10, { state: 'passive', side: 'receiving' }],
    ['passive both ways', 0x04, 0x30, { state: 'passive', side: 'sending' }],
    ['a warning', 0x04, 0x08, { state: 'warning', side: 'sending' }],
    ['a warning from what it hears, with counters', 0x204, 0x04, { state: 'warning', side: 'receiving' }],
    ['passive beats the warning', 0x04, 0x14, { state: 'passive', side: 'receiving' }],
    ['well again', 0x04, 0x40, { state: 'active' }],
    ['a full buffer, which says nothing of the state', 0x04, 0x01, {}],
    ['off the bus', 0x40, 0, { state: 'bus-off' }],
    ['off the bus, with what led there', 0x44, 0x20, { state: 'bus-off', side: 'sending' }],
    ['restarted', 0x100, 0, { state: 'active' }],
    ['nobody acknowledges', 0x20, 0, { side: 'sending' }],
    ['an error on the wire', 0x88, 0, {}],
    ['bits that count only with their class', 0x88, 0x20, {}],
  ])('may say: %s', (_, id, controller, expected) => {
    expect(parseCanErrorFrame(id, bytes(controller))).toEqual(expected);
  });

  it('of any kind is read without harm', () => {
    fc.assert(
      fc.property(fc.nat(0x1fffffff), fc.uint8Array({ maxLength: 9 }), (id, data) => {
        const { state, side } = parseCanErrorFrame(id, data);
        expect([...controllerStates, undefined]).toContain(state);
        expect(['sending', 'receiving', undefined]).toContain(side);
      }),
    );
  });
});
