import * as fc from 'fast-check';
import { linkRequest, parseCanController } from '../../src/protocol/rtnetlink';

/**
 * Answers of Linux 6.1, without the attributes that are not read: an SJA1000 that is up at 250 kbit/s, the same switched
 * off, the driver for serial lines switched off, a virtual interface, a network card, and the error for a name that is none.
 */
const answers = {
  up: 'f000000010000000000000000d0100000000180102000000c1000500000000000900030063616e3000000000c40012000800010063616e001c0003000000000000000000000000000000000000000000000000009c0002002400010090d003006b030000fa000000060000000700000002000000010000000200000034000200736a613130303000000000000000000001000000100000000100000008000000040000000100000040000000010000000800030000127a0008000400000000000c00050000000000000000000800060064000000080008000000000008000f00000000000c001180080001005f010000',
  down: 'f0000000100000000000000015010000000018010200000080000400000000000900030063616e3000000000c40012000800010063616e001c0003000000000000000000000000000000000000000000000000009c0002002400010090d003006b030000fa000000060000000700000002000000010000000200000034000200736a613130303000000000000000000001000000100000000100000008000000040000000100000040000000010000000800030000127a0008000400040000000c00050000000000000000000800060064000000080008000000000008000f00000000000c001180080001005f010000',
  serial:
    'dc000000100000000000000029010000000018010500000080000000000000000900030063616e3200000000b00012000800010063616e001c000300000000000000000000000000000000000000000000000000880002002400010020a1070000000000000000000000000000000000000000000000000000000000080003000000000008000400040000000c0005000000000000000000080006000000000028000d0010270000204e000050c30000a086010048e8010090d0030020a1070000350c0040420f0008000f00000000000c0011800800010002000000',
  virtual:
    '3c0000001000000000000000fa0000000000180104000000c1000100000000000a0003007663616e3000000010001200090001007663616e00000000',
  card: '280000001000000000000000fa00000000000403010000004900010000000000070003006c6f0000',
  error:
    '400000000200000000000000f8000000edffffff2c00000012000100000000000000000000000000000000000000000000000000090003006e6f706500000000',
};

function answer(name: keyof typeof answers): Buffer {
  return Buffer.from(answers[name], 'hex');
}

test('the question is a header, an empty structure and the padded name', () => {
  expect(Buffer.from(linkRequest('can0')).toString('hex')).toBe(
    `2c00000012000100${'00'.repeat(24)}0900030063616e3000000000`,
  );
  expect(linkRequest('can').length % 4).toBe(0);
});

describe('the answer about an interface', () => {
  it('has its state, bit rate, restart and error counters', () => {
    expect(parseCanController(answer('up'))).toEqual({
      kind: 'can',
      state: 'active',
      bitRate: 250_000,
      restartMs: 100,
      errors: { sending: 0, receiving: 0 },
      listenOnly: false,
    });
  });

  it('has no state while it is down', () => {
    expect(parseCanController(answer('down'))).not.toHaveProperty('state');
    expect(parseCanController(answer('serial'))).toEqual({
      kind: 'can',
      bitRate: 500_000,
      restartMs: 0,
      listenOnly: false,
    });
  });

  it.each([
    [0, 'active'],
    [1, 'warning'],
    [2, 'passive'],
    [3, 'bus-off'],
    [4, undefined],
    [0xffff, undefined],
  ])('has the kernel number %i for %s', (number, state) => {
    const bytes = answer('up');
    bytes.writeUInt16LE(number, bytes.indexOf('0800040000000000', 0, 'hex') + 4);
    expect(parseCanController(bytes)?.state).toBe(state);
  });

  it('has the counters and whether it only listens', () => {
    const bytes = answer('up');
    const counters = bytes.indexOf('0800080000000000', 0, 'hex') + 4;
    bytes.writeUInt16LE(128, counters);
    bytes.writeUInt16LE(9, counters + 2);
    // struct can_ctrlmode: what can be set, what is set.
    bytes.writeUInt32LE(0x02, bytes.indexOf('0c000500', 0, 'hex') + 8);
    expect(parseCanController(bytes)).toMatchObject({
      errors: { sending: 128, receiving: 9 },
      listenOnly: true,
    });
  });

  it('has only its kind when it is virtual, and says nothing when it is not for CAN or there is none', () => {
    expect(parseCanController(answer('virtual'))).toEqual({ kind: 'vcan', listenOnly: false });
    expect(parseCanController(answer('card'))).toBeUndefined();
    expect(parseCanController(answer('error'))).toBeUndefined();
  });

  it('is read without harm when it is cut short or spoilt', () => {
    const whole = answer('up');
    for (let length = 0; length < whole.length; length++) parseCanController(whole.subarray(0, length));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const bytes = answer('up');
        for (const [at, value] of changes) bytes[at] = value;
        parseCanController(bytes);
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void parseCanController(bytes)));
  });
});
