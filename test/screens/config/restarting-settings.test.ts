import { desk, Owner } from './config-stories';

test('the history is switched off and on, and takes effect by a restart that is asked for', async () => {
  const made = desk();
  const owner = new Owner({ editor: made.editor }).find('switch history').touch('switch history');
  await owner.saved();
  expect([made.written, made.restarts]).toEqual([[], 0]);
  await owner.touch('save').touch('yes').saved();
  expect([made.written, made.restarts]).toEqual([[{ history: false }], 1]);
  await owner.find('switch history').touch('switch history').touch('save').touch('yes').saved();
  expect([made.written.at(-1), made.restarts]).toEqual([{ history: true }, 2]);
});

test('S0.61, S0.117: three choices in place of a box, and SENDER with SAVE begins sending without anybody switching it off and on', async () => {
  const made = desk({ values: { bmsId: 'MorganOak' } });
  const owner = new Owner({ editor: made.editor }).find('choose mqtt 2').touch('choose mqtt 2');
  await owner.saved();
  expect([made.written, made.restarts]).toEqual([[], 0]);
  await owner.touch('save').touch('yes').saved();
  expect([made.written, made.restarts]).toEqual([[{ bmsId: 'MorganOak', mqtt: 'sender' }], 1]);
});
