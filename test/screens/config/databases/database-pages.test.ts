import { PinLock } from '../../../../src/desk/pin-lock';
import { shownSetting } from '../../../../src/settings/setting-secrets';
import { textsOn } from '../../../pictures/written-texts';
import { desk, Owner } from '../config-stories';
import { boat, connected, lookingAt } from './database-story';

const [pi = '', ten = '', nas = ''] = boat;
const refused = {
  code: 'database-login-refused',
  values: { host: 'pi.local/boat', user: 'packdial' },
} as const;

describe('S0.60, S0.123: LOG TO DATABASE', () => {
  it('stops all of them and keeps their addresses, after a restart that is asked for', async () => {
    const { owner, made, live } = lookingAt();
    for (const address of boat) live.set(address, connected());
    owner.touch('switch logToDatabase').touch('save');
    expect(owner.names()).toEqual(['no', 'yes']);
    await owner.touch('yes').saved();
    expect([made.written, made.restarts]).toEqual([[{ databases: boat, logToDatabase: false }], 1]);
  });

  it('is told on the list and in the index', () => {
    const { owner, texts } = lookingAt(boat, { values: { logToDatabase: false } });
    expect(texts()).toMatch(/LOG TO DATABASE Off .*pi\.local\/boat .*off/);
    owner.touch('index');
    expect(texts()).toContain('Databases off');
  });

  it('stands on the page of databases alone, and a row every N seconds behind it', async () => {
    const { owner, made } = lookingAt();
    expect(owner.touch('right').names()).toContain('slide databaseEvery');
    expect(owner.names()).not.toContain('switch logToDatabase');
    owner.touch('plus databaseEvery').touch('save');
    await owner.touch('yes').saved();
    expect(made.written.at(-1)).toMatchObject({ databaseEvery: 15 });
  });

  it('there is no switch where no database is set, and how to get one', () => {
    const { owner, texts } = lookingAt([]);
    expect(owner.names()).not.toContain('switch logToDatabase');
    expect(texts()).toContain('No database is set');
    expect(owner.touch('index').names()).toContain('part databases');
    expect(texts()).toMatch(/Databases off log and history none/);
  });
});

describe('the list', () => {
  it('tells how each stands, and no password', () => {
    const { owner, live, texts } = lookingAt();
    live.set(pi, connected());
    live.set(ten, connected({ report: { code: 'database-connecting', values: { host: 'x' } }, written: 0 }));
    live.set(nas, connected({ state: 'down', waiting: 1 }));
    owner.look(1100);
    expect(texts()).toMatch(/pi\.local\/boat connected ADD PostgreSQL 48,211 rows/);
    expect(texts()).toMatch(/homeauto connecting MariaDB, MySQL nas/);
    expect(texts()).toMatch(/nas\.local:8428 away VictoriaMetrics 1 row waits/);
    owner.touch('index');
    expect(texts()).toContain('1 of 3 connected');
    owner.touch('part databases').touch('database 0');
    expect(texts()).toMatch(/User packdial · encrypted .*48,211 written since the start, none waits/);
    expect(texts()).not.toMatch(/h@sh|h%40sh/);
  });

  it('tells what is lost, and the last trouble until then', () => {
    const { owner, live, texts } = lookingAt();
    live.set(pi, connected({ lastTrouble: { report: refused, age: 7_500_000 } }));
    owner.touch('database 0');
    expect(texts()).toContain('until 2 h ago: The database at pi.local/boat does not accept');
    live.set(pi, connected({ dropped: 12, refused: 3000, waiting: 2 }));
    owner.look(1100);
    expect(texts()).toContain('12 found no room, 3,000 refused and put aside');
    expect(texts()).toContain('2 wait');
  });

  it('of more than fit goes on with MORE, and eight are the most', () => {
    const many = Array.from({ length: 8 }, (_, i) => `postgres://me@host${i}/boat`);
    const { owner, texts } = lookingAt(many);
    expect(texts()).toContain('5 MORE');
    owner.touch('more').touch('more');
    expect(owner.names().filter((name) => name.startsWith('database '))).toEqual([
      'database 6',
      'database 7',
    ]);
    expect(owner.touch('more').names()).toContain('database 0');
    owner.touch('add database');
    expect(texts()).toContain('8 databases are the most');
  });

  it('that is set by a flag can be tried, and not be changed', () => {
    const { owner, tried, texts } = lookingAt([pi], { elsewhere: [['databases', '--database']] });
    expect(owner.names()).not.toContain('add database');
    expect(texts()).toContain('The list is set by --database and can only be changed there.');
    owner.touch('database 0').touch('database change').touch('database remove').touch('database try');
    expect(tried).toEqual([pi]);
  });
});

describe('a database is added', () => {
  it('in its parts, and saved once it was tried', async () => {
    const { owner, made, tried, logged, answer, texts } = lookingAt([]);
    owner.touch('add database').touch('add mariadb');
    owner.touch('set host').type('pi:3307').key('Enter').touch('set user').type('me').key('Enter');
    owner.touch('set password').type('p@ss/ word');
    expect(texts()).not.toContain('p@ss');
    owner.key('Enter');
    expect(texts()).not.toContain('p@ss');
    // What is missing is asked for.
    owner.touch('try');
    expect(owner.names()).toContain('key done');
    owner.type('boat').key('Enter').touch('encryption').touch('try');
    const address = 'mysql://me:p%40ss%2F%20word@pi:3307/boat?sslmode=require';
    expect(tried).toEqual([address]);
    expect(texts()).toContain('Asking pi:3307/boat');
    await answer();
    expect(texts()).toContain('It takes rows');
    expect(logged).toEqual(['Tried: rows can go to the database at pi:3307/boat']);
    owner.touch('save');
    expect(texts()).toContain('The list of databases needs a restart.');
    await owner.touch('yes').saved();
    expect([made.written, made.restarts]).toEqual([[{ databases: [address] }], 1]);
    expect(shownSetting('databases', made.written[0]?.['databases'])).not.toContain('p%40ss');
  });

  it('that refuses is told in one sentence, and can be changed, tried again, or saved anyway', async () => {
    const { owner, made, tried, logged, answer, texts } = lookingAt([nas]);
    owner.touch('add database').touch('add postgres');
    for (const [field, text] of [
      ['host', 'pi.local'],
      ['database', 'boat'],
      ['user', 'packdial'],
      ['password', 'no'],
    ] as const)
      // prettier-ignore
      owner.touch(`set ${field}`).type(text).key('Enter');
    await (owner.touch('try'), answer(refused));
    expect(texts()).toMatch(
      /No rows get in The database at pi\.local\/boat does not accept the user packdial with this password\./,
    );
    expect(logged).toEqual([
      'Tried: The database at pi.local/boat does not accept the user packdial with this password',
    ]);
    owner.touch('try');
    expect(tried).toHaveLength(2);
    await answer({ code: 'database-not-listening', values: { host: 'pi.local', port: 5432 } });
    owner.touch('back').touch('set password');
    owner.key('Backspace').key('Backspace').type('yes').key('Enter').touch('try');
    expect(tried.at(-1)).toBe('postgres://packdial:yes@pi.local/boat');
    await answer(refused);
    await owner.touch('save').touch('yes').saved();
    expect(made.written.at(-1)).toEqual({ databases: [nas, 'postgres://packdial:yes@pi.local/boat'] });
  });

  it.each([
    ['mongodb://me:hush@pi/boat', 'It begins with postgres://, mysql://, http://, https:// or telegraf+'],
    ['postgres://me:hush@pi', 'The database is missing'],
    ['http://pi:8428/', 'It ends with /write'],
    ['mysql://me:a b@pi/boat', 'It has no spaces'],
  ])('as one address; %s is none, and why', (text, problem) => {
    const { owner, tried, texts } = lookingAt([]);
    owner.touch('add database').touch('add other').type(text).key('Enter');
    expect(texts()).toContain(problem);
    expect(tried).toEqual([]);
  });

  it('as one address comes apart into its fields, and what has none stays whole without its password', () => {
    const { owner, texts } = lookingAt([]);
    owner.touch('add database').touch('add other').type('postgres://me:hush@pi/boat?sslmode=verify-full');
    owner.key('Enter');
    expect(owner.names()).toContain('set database');
    expect(texts()).toMatch(/PostgreSQL .*pi .*boat .*me .*Encryption: checked/);
    expect(texts()).not.toContain('hush');
    owner.touch('back').touch('add other').type('http://me:hush@pi:8086/write?db=b&rp=year').key('Enter');
    expect(texts()).toContain('http://me@pi:8086/write?db=b&rp=year');
    expect(texts()).not.toContain('hush');
  });

  it('that is on the list already is not added again', () => {
    const { owner, tried, texts } = lookingAt([nas]);
    owner.touch('add database').touch('add victoria').touch('set host').type('nas.local').key('Enter');
    owner.touch('try');
    expect(texts()).toContain('It is on the list already');
    expect(tried).toEqual([]);
  });

  it('a host that is none, and a name with a /, are told at the keyboard', () => {
    const { owner, texts } = lookingAt([]);
    owner.touch('add database').touch('add postgres').touch('set host').type('pi/boat').key('Enter');
    expect(texts()).toContain('It is a name or an address such as pi.local');
    owner.key('Escape').touch('set database').type('a/b').key('Enter');
    expect(texts()).toContain('has no / in it');
  });

  it('what is asked ends with BACK, and when the settings are left', async () => {
    const { owner, signal, answer } = lookingAt();
    owner.touch('database 0').touch('database try');
    expect(signal()?.aborted).toBe(false);
    owner.touch('back');
    expect(signal()?.aborted).toBe(true);
    await answer(refused);
    expect(owner.names()).toContain('database change');
    owner.touch('database try').navigator.open('main');
    owner.look(20);
    expect(signal()?.aborted).toBe(true);
  });
});

describe('a database is changed', () => {
  it('with the password as before, which is not shown and goes to no other host', async () => {
    const { owner, made, tried, answer, texts } = lookingAt();
    owner.touch('database 0').touch('database change');
    expect(texts()).toContain('as before');
    owner.touch('set password').touch('show');
    expect(texts()).not.toMatch(/h@sh/);
    owner.key('Escape').touch('set database').type('2').key('Enter').touch('try');
    expect(tried).toEqual(['postgres://packdial:h%40sh@pi.local/boat2?sslmode=require']);
    await answer();
    owner.touch('back').touch('set host').type('x').key('Enter');
    expect(texts()).not.toContain('as before');
    owner.touch('try');
    expect(tried.at(-1)).toBe('postgres://packdial@pi.localx/boat2?sslmode=require');
    await answer();
    await owner.touch('save').touch('yes').saved();
    expect(made.written.at(-1)).toEqual({ databases: [tried.at(-1), ten, nas] });
  });

  it('nothing is to be saved of one that is only tried', async () => {
    const { owner, answer, texts } = lookingAt();
    owner.touch('database 2').touch('database try');
    await answer();
    expect(texts()).toContain('Rows can go there.');
    owner.touch('save');
    expect(owner.names()).not.toContain('yes');
    expect(owner.touch('back').names()).toContain('database try');
  });

  it('is removed after a question, and comes back when the settings are left without SAVE', () => {
    const { owner, texts } = lookingAt();
    owner.touch('database 1').touch('database remove');
    expect(texts()).toContain('Remove 10.0.0.7:3307/homeauto?');
    owner.touch('yes');
    expect(owner.names().filter((name) => name.startsWith('database '))).toHaveLength(2);
    owner.touch('close');
    expect(texts()).toContain('The list of databases would stay as before.');
    owner.touch('yes').navigator.open('settings');
    owner.look(20);
    owner.touch('part databases');
    expect(owner.names()).toContain('database 2');
  });
});

test('with a PIN nobody sees the databases before it is typed', () => {
  const locked = new PinLock(() => '4711', { monotonic: () => 0 });
  const owner = new Owner(
    { editor: desk({ values: { databases: boat } }).editor, lock: locked },
    800,
    480,
    'index',
  );
  const written = textsOn(owner.picture().canvas).map(({ text }) => text);
  expect(written.join()).not.toMatch(/Databases|pi\.local/);
});
