import {
  ModbusAssembler,
  modbusCrc,
  readRegistersRequest,
  withCrc,
  writeRegisterRequest,
  type ModbusReply,
} from '../../src/protocol/modbus-rtu';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex');

function assembler(dataLengths: readonly number[] = [2, 4]) {
  const counted = { crc: 0, noise: 0 };
  const all: ModbusReply[] = [];
  const inner = new ModbusAssembler(
    { address: 1, dataLengths },
    { crc: () => counted.crc++, noise: (count) => (counted.noise += count) },
  );
  return { counted, all, push: (text: string) => all.push(...inner.push(bytes(text))) };
}

const reply = (text: string): string => hex(withCrc(bytes(text)));
const first = reply('0103021234');
const second = reply('010304deadbeef');

describe('Modbus RTU', () => {
  it('has the check value of CRC-16/MODBUS', () => {
    expect(modbusCrc(Buffer.from('123456789'))).toBe(0x4b37);
  });

  it('builds the requests that the specification names', () => {
    expect(hex(readRegistersRequest(1, 0x0101, 0x13))).toBe('010301010013543b');
    expect(hex(writeRegisterRequest(1, 0x0120, 1))).toBe('010601200001483c');
    expect(hex(writeRegisterRequest(1, 0x0120, 0))).toBe('01060120000089fc');
  });

  it.each([1, 2, 3, 5, 7, 100])('puts replies together from pieces of %d bytes', (size) => {
    const { push, all, counted } = assembler();
    const stream = first + second + '010601200001483c' + reply('018302') + first;
    for (let at = 0; at < stream.length; at += 2 * size) push(stream.slice(at, at + 2 * size));
    expect(all.map(({ kind }) => kind)).toEqual([
      'registers',
      'registers',
      'written',
      'exception',
      'registers',
    ]);
    expect(all[1]).toMatchObject({ data: new Uint8Array([0xde, 0xad, 0xbe, 0xef]) });
    expect(all[2]).toMatchObject({ register: 0x120, value: 1 });
    expect(all[3]).toMatchObject({ function: 3, code: 2 });
    expect(counted).toEqual({ crc: 0, noise: 0 });
  });

  it('counts a wrong CRC, and loses that reply alone', () => {
    const { push, all, counted } = assembler();
    push(`0103021235${first.slice(10)}${second}`);
    expect(all).toHaveLength(1);
    expect(counted).toEqual({ crc: 1, noise: 0 });
  });

  it('begins in the middle of a reply', () => {
    const { push, all, counted } = assembler();
    push(second.slice(8));
    push(first);
    expect(all).toHaveLength(1);
    expect(counted.noise).toBe(5);
  });

  it('reads the reply that follows one whose end is missing, as soon as it is whole', () => {
    const { push, all, counted } = assembler([2, 38]);
    push(reply(`010326${'00'.repeat(38)}`).slice(0, 10));
    push(first);
    expect(all).toHaveLength(1);
    expect(counted.noise).toBe(5);
  });

  it('takes a reply of an unknown length, or of another address, for noise', () => {
    const { push, all, counted } = assembler();
    push(reply('010306aabbccddeeff') + reply('0203021234') + first);
    expect(all).toHaveLength(1);
    expect(counted.noise).toBe(18);
  });

  it('takes its own request that comes back for noise', () => {
    const { push, all } = assembler();
    push(`010301010013543b${first}`);
    expect(all).toHaveLength(1);
  });

  it('reads a million bytes at once in a moment', () => {
    const { push, all } = assembler();
    const begun = performance.now();
    push((first + '0106').repeat(100_000));
    expect(all).toHaveLength(100_000);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});
