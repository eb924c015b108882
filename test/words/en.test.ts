import type { SourceReport } from '../../src/model/source-status';
import { DiskReserveError, diskTrouble } from '../../src/io/recorders/disk-trouble';
import {
  actionText,
  diskText,
  saveReasonText,
  saveStepText,
  statusNote,
  statusText,
} from '../../src/words/en';
import type { ActionReport } from '../../src/model/action-view';
import type { SaveReason, SaveStep } from '../../src/model/controller/save-reports';
import { sentence } from '../../src/words/sentences';
import { brokerNotes } from '../../src/words/en/broker';
import { canNotes } from '../../src/words/en/can';

test('a note fits the status strip: ten letters at most', () => {
  for (const note of [...Object.values(canNotes), ...Object.values(brokerNotes)]) {
    expect(note).toMatch(/^\S(.{0,8}\S)?$/);
  }
  const trouble = { place: '/dev/ttyUSB0', trouble: 'password-refused', values: {} };
  expect(statusNote({ report: { code: 'device-trouble', values: trouble } })).toBe('password-r');
});

test('what keeps several devices away is said once for all of them', () => {
  const away = (name: string, address: string) => ({
    name,
    status: {
      state: 'connecting' as const,
      label: 'BT',
      report: { code: 'bluetooth-not-heard' as const, values: { address } },
    },
  });
  const lost = { code: 'bluetooth-no-adapter', values: {} } as const;
  const devices = [
    { name: 'bow', status: { state: 'connecting' as const, label: 'BT', report: lost } },
    away('roof', 'A4:C1:37:04:2D:BE'),
    { name: 'house', status: { state: 'connecting' as const, label: 'BT', report: lost } },
  ];
  const text = statusText({ report: { code: 'several-devices', values: { devices } } });
  expect(text).toMatch(
    /^bow, house: There is no Bluetooth adapter: .*; roof: A4:C1:37:04:2D:BE is not received/,
  );
});

test('a trouble that only its device type knows is shown as it is', () => {
  const trouble = { place: '/dev/ttyUSB0', trouble: 'coil-open', values: {} };
  expect(statusText({ report: { code: 'device-trouble', values: trouble } })).toBe(
    'The device at /dev/ttyUSB0 reports coil open',
  );
});

test.each<[SourceReport, string]>([
  [
    { code: 'can-silent', values: { name: 'can0', least: 10, bitRate: 500_000 } },
    'CAN can0 is up but silent for over 10 s: no frames at 500 kbit/s',
  ],
  [
    { code: 'can-silent', values: { name: 'can0', least: 3600, bitRate: 33_333 } },
    'CAN can0 is up but silent for over an hour: no frames at 33333 bit/s',
  ],
  [
    { code: 'can-silent', values: { name: 'can0', least: 60 } },
    'CAN can0 is up but silent for over a minute: no frames',
  ],
  [
    {
      code: 'certificate-not-yet-valid',
      values: { host: 'b.example', today: '1970-01-01', plausible: false },
    },
    "The certificate of b.example is not valid yet, but this machine's clock says 1970-01-01, which is wrong: it waits for the time from the network",
  ],
  [{ code: 'simulating', values: { modules: 1, speed: 1 } }, 'Simulated pack of 1 module'],
  [{ code: 'replaying', values: { file: 'a.log', speed: 2.5 } }, 'Playing a.log, 2.5 times as fast'],
])('%j in words', (report, text) => {
  expect(statusText({ report })).toBe(text);
  expect(statusText({ report, nextTry: 30 })).toBe(`${text}: next try in 30 s`);
});

test.each<[SaveReason, string]>([
  [{ code: 'item-unknown', values: {} }, 'There is no such item.'],
  [{ code: 'item-not-taken', values: { item: 'HIVOLT' } }, 'It must be 2.5 to 4.5 V.'],
  [{ code: 'item-not-taken', values: { item: 'UDPPORT' } }, 'It must be a whole number from 1 to 65535.'],
  [
    { code: 'items-crossed', values: { below: 'LOVOLT', above: 'HIVOLT' } },
    'Low cut-off must be below high cut-off.',
  ],
  [{ code: 'connection-refused', values: {} }, 'It takes no connection.'],
  [{ code: 'connection-failed', values: { error: 'EPROTO' } }, 'The connection failed (EPROTO).'],
  [{ code: 'said', values: { words: 'not now' } }, 'Not now.'],
])('%j on the page of results', (reason, text) => {
  expect(sentence(saveReasonText(reason))).toBe(text);
});

test.each<[SaveStep, string]>([
  [{ code: 'sending-to-broker', values: { count: 2 } }, 'Sending 2 by way of the broker'],
  [{ code: 'finished', values: { saved: 1, items: 1, unanswered: false } }, 'The controller has saved it'],
  [{ code: 'finished', values: { saved: 3, items: 3, unanswered: false } }, 'The controller has saved all 3'],
  [{ code: 'finished', values: { saved: 2, items: 3, unanswered: true } }, 'The controller has saved 2 of 3'],
  [{ code: 'finished', values: { saved: 0, items: 3, unanswered: true } }, 'The controller did not answer'],
  [
    { code: 'finished', values: { saved: 0, items: 3, unanswered: false } },
    'The controller has saved nothing',
  ],
])('a SAVE that is %j', (step, text) => {
  expect(saveStepText(step)).toBe(text);
});

test.each<[ActionReport, string]>([
  [{ code: 'settings-not-saved', values: { reason: 'Error: x' } }, "The settings can't be saved: Error: x."],
  [
    { code: 'stick-mount-unanswered', values: {} },
    "The stick BATTERY can't be mounted (the system did not answer): check it on a PC or plug in another.",
  ],
  [
    { code: 'stick-too-small', values: { free: 1e6, size: 2e9 } },
    'The stick BATTERY has 1.0 MB free and the log has 2.0 GB: delete something from it or take a larger one.',
  ],
  [
    { code: 'stick-in-use', values: { folder: '/media/pi/BATTERY' } },
    'The stick BATTERY is in use at /media/pi/BATTERY, where packdial may not write: eject it there and try again.',
  ],
])('%j on the service page', (report, text) => {
  expect(actionText({ report })).toBe(text);
});

test('how full a disk is is reported no more exactly than it is told', () => {
  const sentences = [300_049_999, 300_000_001, 19_960_000_000, 12_340].map((free) => {
    const trouble = diskTrouble(new DiskReserveError(free, 500e6));
    return [trouble.values, diskText(trouble)];
  });
  expect(sentences).toEqual([
    [{ free: 300e6, reserve: 500e6 }, 'the disk has 300.0 MB free, and 500.0 MB are kept for the system'],
    [{ free: 300e6, reserve: 500e6 }, 'the disk has 300.0 MB free, and 500.0 MB are kept for the system'],
    [{ free: 20e9, reserve: 500e6 }, 'the disk has 20.0 GB free, and 500.0 MB are kept for the system'],
    [{ free: 13_000, reserve: 500e6 }, 'the disk has 13 kB free, and 500.0 MB are kept for the system'],
  ]);
});
