import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Authentication, type AuthenticationStep } from '../../../src/devices/jbd/authentication';
import { moduleRequest, parseModuleReply } from '../../../src/devices/jbd/module-frame';

interface Vector {
  readonly hex: readonly string[];
  readonly expect: {
    readonly mac?: string;
    readonly password?: string;
    readonly random?: number;
    readonly root_random?: number | null;
    readonly meaning?: string;
    readonly checksum_ok?: boolean;
  };
}
const vectors = JSON.parse(
  readFileSync(path.join(__dirname, '../../fixtures/jbd-authentication.json'), 'utf8'),
) as Vector[];

const address = 'A4:C1:37:04:2D:BE';
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex');

/** A reply of a module to a command. */
function reply(command: number, ...data: number[]): string {
  const body = [command, data.length, ...data];
  return hex(
    Uint8Array.of(
      0xff,
      0xaa,
      ...body,
      body.reduce((sum, byte) => sum + byte, 0),
    ),
  );
}
const ok = (command: number): string => reply(command, 0);
const random = (value: number): string => reply(0x17, value);

/** Goes through the handshake with these replies; an empty one is silence. */
function shake(replies: readonly string[], password = '123123'): { sent: string[]; end: AuthenticationStep } {
  const authentication = new Authentication({ address, password });
  let step = authentication.start();
  const sent: string[] = [];
  for (const next of replies) {
    if (step.is !== 'send') throw new Error(`${next} after the end`);
    sent.push(hex(step.bytes));
    step = next === '' ? authentication.silence() : (authentication.received(bytes(next)) ?? step);
  }
  if (step.is === 'send') sent.push(hex(step.bytes));
  return { sent, end: step };
}

const factoryKey = 'ffaa15063030303030303b';
const ownKey = hex(moduleRequest({ step: 'app-key', key: '123123' }));

describe('the handshake of a JBD module', () => {
  it('sends what was captured', () => {
    for (const { hex: frames, expect: said } of vectors.filter((vector) => vector.expect.mac !== undefined)) {
      const authentication = new Authentication({ address: said.mac!, password: said.password! });
      const replies = [ok(0x15), random(said.random!), ok(0x18), random(said.root_random ?? 0)];
      let step = authentication.start();
      const sent: string[] = [];
      for (const next of [...replies, ok(0x1d)]) {
        if (step.is !== 'send') throw new Error(step.is);
        sent.push(hex(step.bytes));
        step = authentication.received(bytes(next))!;
      }
      expect(step).toEqual({ is: 'done' });
      // The captures fetch the random byte for the root once or twice; we fetch it anew.
      expect(sent.filter((frame) => !frame.startsWith('ffaa17'))).toEqual(
        expect.arrayContaining(frames.filter((frame) => !frame.startsWith('ffaa17'))),
      );
      expect(sent.slice(0, 3)).toEqual(frames.slice(0, 3));
      expect(sent[3]).toBe('ffaa170017');
    }
  });

  it('understands the documented replies', () => {
    const replies = vectors.filter((vector) => vector.expect.meaning !== undefined);
    expect(replies).toHaveLength(3);
    const ends = replies.map(({ hex: [frame], expect: said }) => {
      expect(parseModuleReply(bytes(frame!)) !== undefined).toBe(said.checksum_ok);
      const { end } = shake([frame!], '000000');
      return end.is === 'failed' ? end.why : end.is === 'send' ? end.step : end.is;
    });
    expect(ends).toEqual(['random', 'refused', 'done']);
  });

  it('is over after the root password', () => {
    const { sent, end } = shake([ok(0x15), random(55), ok(0x18), random(55), ok(0x1d)]);
    expect(end).toEqual({ is: 'done' });
    expect(sent).toHaveLength(5);
  });

  it('marks what has a password in it, and waits 5 s for each answer', () => {
    const authentication = new Authentication({ address, password: '123123' });
    const steps = [authentication.start()];
    for (const next of [ok(0x15), random(1), ok(0x18), random(2)])
      steps.push(authentication.received(bytes(next))!);
    expect(steps.map((step) => step.is === 'send' && [step.step, step.secret, step.patience])).toEqual([
      ['app-key', true, 5000],
      ['random', false, 5000],
      ['password', true, 5000],
      ['random', false, 5000],
      ['root', true, 5000],
    ]);
  });

  it.each([
    ['at the password', [ok(0x15), random(55), reply(0x18, 1)]],
    ['at the root', [ok(0x15), random(55), ok(0x18), random(56), reply(0x1d, 1)]],
    ["at the app key, and at the owner's in its place", [reply(0x15, 1), reply(0x15, 1)]],
  ])('is refused %s', (_, replies) => {
    expect(shake(replies).end).toEqual({ is: 'failed', why: 'refused' });
  });

  it.each([
    ['at the password', [ok(0x15), random(55), reply(0x18, 2)]],
    ['at the root', [ok(0x15), random(55), ok(0x18), random(56), reply(0x1d, 2)]],
  ])('is over where no password is set: %s', (_, replies) => {
    expect(shake(replies).end).toEqual({ is: 'done' });
  });

  it.each([
    ['nothing answers', ['', ''], 2],
    ['the random byte does not come', [ok(0x15), ''], 2],
    ['the password is not answered', [ok(0x15), random(1), ''], 3],
    ['the second random byte does not come', [ok(0x15), random(1), ok(0x18), ''], 4],
    ['the root is not answered', [ok(0x15), random(1), ok(0x18), random(2), ''], 5],
  ])('ends silent when %s', (_, replies, frames) => {
    const { sent, end } = shake(replies);
    expect(end).toEqual({ is: 'failed', why: 'silent' });
    expect(sent).toHaveLength(frames);
  });

  it("sends the owner's password in place of the app key where that is not answered or refused, once", () => {
    for (const first of ['', reply(0x15, 1)]) {
      const { sent, end } = shake([first, ok(0x15), random(98), ok(0x18), random(99), ok(0x1d)]);
      expect(sent.slice(0, 2)).toEqual([factoryKey, ownKey]);
      // The password that such a module wants then is the factory's.
      expect(sent[3]).toBe('ffaa1806f65369967ff0d5');
      expect(end).toEqual({ is: 'done' });
    }
    expect(shake(['', ''], '000000'.replace('0', '1')).sent).toHaveLength(2);
    expect(() => shake(['', ''], '000000')).toThrow('after the end');
  });

  it("is over where a module that took the owner's password wants nothing more", () => {
    expect(shake(['', ok(0x15), '']).end).toEqual({ is: 'done' });
  });

  it('wants pairing where a module sends back what it is told', () => {
    for (const replies of [[factoryKey], [ok(0x15), 'ffaa170017']])
      expect(shake(replies).end).toEqual({ is: 'failed', why: 'pairing' });
  });

  it('waits on for an answer after what is none', () => {
    for (const noise of [
      '00b12c0000e52c00000000',
      'ffaa15010017',
      'ffaa1501',
      'ffaa',
      'dd03000000',
      random(3),
      ok(0x18),
      reply(0x15),
    ]) {
      const authentication = new Authentication({ address, password: '123123' });
      authentication.start();
      expect(authentication.received(bytes(noise))).toBeUndefined();
      expect(authentication.received(bytes(ok(0x15)))).toMatchObject({ step: 'random' });
    }
  });

  it('sends nothing when it can not: without an address, or with what is no password', () => {
    const start = (options: { address: string; password: string }): AuthenticationStep =>
      new Authentication(options).start();
    expect(start({ address: '', password: '123123' })).toEqual({ is: 'failed', why: 'no-address' });
    for (const password of ['', '12345', '1234567', 'pässwo', '12\n456'])
      expect(start({ address, password })).toEqual({ is: 'failed', why: 'bad-password' });
  });

  it('says nothing more once it is over', () => {
    const authentication = new Authentication({ address, password: '123123' });
    authentication.start();
    authentication.received(bytes(reply(0x15, 2)));
    expect(authentication.received(bytes(ok(0x15)))).toBeUndefined();
  });
});

describe('what leaves for a JBD module', () => {
  /** Every frame that any course of the handshake sends, and how many courses there are. */
  function allFrames(password: string, randoms: readonly number[]): { frames: Set<string>; courses: number } {
    const frames = new Set<string>();
    let courses = 0;
    const follow = (replies: readonly string[]): void => {
      const { sent, end } = shake(replies, password);
      for (const frame of sent) frames.add(frame);
      if (end.is !== 'send') {
        courses++;
        return;
      }
      expect(replies.length).toBeLessThan(7);
      const command = sent.at(-1)!.slice(4, 6);
      const codes = command === '17' ? randoms : [0, 1, 2, 3, 0xff];
      for (const code of codes) follow([...replies, reply(Number.parseInt(command, 16), code)]);
      follow([...replies, sent.at(-1)!]);
      follow([...replies, '']);
    };
    follow([]);
    return { frames, courses };
  }

  it('is, in all courses of the handshake, an app key, the wish for a random byte, or a password', () => {
    const { frames, courses } = allFrames('123123', [0, 1, 55, 98, 255]);
    expect(courses).toBeGreaterThan(100);
    const allowed = /^ffaa(1506(303030303030|313233313233)|1700|1806.{12}|1d0f.{30})..$/;
    for (const frame of frames) expect(frame).toMatch(allowed);
    // An app key two ways, the wish for a random byte, and for each random byte two passwords and the root.
    expect(frames.size).toBe(2 + 1 + 5 * 3);
    for (const frame of frames) expect(parseModuleReply(bytes(frame))).toBeDefined();
  });

  it('is never a command that changes, deletes or resets something, for any password and random byte', () => {
    const destructive = [0x07, 0x16, 0x19, 0x1b, 0x1e, 0x1f, 0x20, 0x22, 0x23];
    const every = Array.from({ length: 256 }, (_, value) => value);
    for (const password of ['000000', '123456', '~ ~ ~ ', 'Aa0!?#']) {
      for (const value of every)
        for (const request of [
          { step: 'password', password, random: value, address } as const,
          { step: 'root', random: value, address } as const,
        ]) {
          const frame = moduleRequest(request);
          expect(destructive).not.toContain(frame[2]);
          expect(frame).toHaveLength(request.step === 'root' ? 20 : 11);
        }
    }
  });
});
