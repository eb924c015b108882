/**
 * A panel with a backlight on a real driver of the kernel, for the tests of the installed display: a picoLCD at the USB gadget
 * that dummy_hcd loops back to its own machine, so that hid-picolcd makes a device of class `backlight` for it. Run as root:
 *
 *   node dist-bench/usb-backlight.js FILE
 *
 * Every brightness that the panel is told, 0 to 255, becomes a line of FILE. The driver does not check that it was told.
 */
import { appendFileSync, mkdirSync, openSync, read, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of the longest report, with its number before it. */
const reportLength = 64;
const brightness = 0x91;

/** The reports that hid-picolcd asks for, as numbered in drivers/hid/hid-picolcd.h, and their bytes. */
const inputs = [
  [0x11, 2], // Keys
  [0x21, 63], // Infrared
] as const;
const outputs = [
  [0x81, 1], // Switched outputs
  [brightness, 1],
  [0x93, 2], // Reset
  [0x94, 63], // Commands of the picture, and its pixels
  [0x95, 63],
  [0x96, 63],
] as const;

/** A report descriptor (Device Class Definition for HID 1.11, 6.2.2): items of one byte each, with data after them. */
function reportDescriptor(): Buffer {
  const vendorsOwn = [0x06, 0x00, 0xff, 0x09, 0x01];
  const bytes = [0x75, 8, 0x15, 0, 0x26, 0xff, 0x00];
  const report = ([number, count]: readonly [number, number], kind: number): number[] => [
    ...[0x85, number, 0x09, 0x01, 0x95, count],
    ...[kind, 0x02],
  ];
  return Buffer.from([
    ...vendorsOwn,
    ...[0xa1, 0x01, ...bytes],
    ...inputs.flatMap((one) => report(one, 0x81)),
    ...outputs.flatMap((one) => report(one, 0x91)),
    0xc0,
  ]);
}

/** Plugs it in, as Documentation/usb/gadget_configfs.rst has it. Returns the device with the reports that it is sent. */
function plugIn(): string {
  const gadget = '/sys/kernel/config/usb_gadget/panel';
  const set = (file: string, value: string | Buffer): void => writeFileSync(join(gadget, file), value);
  const [texts, configuration, reports] = ['strings/0x409', 'configs/c.1', 'functions/hid.0'];
  mkdirSync(gadget);
  for (const folder of [texts, configuration, reports]) mkdirSync(join(gadget, folder));
  // Microchip's number, and the picoLCD's among those.
  set('idVendor', '0x04d8');
  set('idProduct', '0xc002');
  set(join(texts, 'product'), 'packdial test backlight');
  set(join(reports, 'report_length'), String(reportLength));
  set(join(reports, 'report_desc'), reportDescriptor());
  symlinkSync(join(gadget, reports), join(gadget, configuration, 'hid.0'));
  set('UDC', 'dummy_udc.0');
  const minor = /:(\d+)/.exec(readFileSync(join(gadget, reports, 'dev'), 'utf8'))?.[1] ?? '0';
  return `/dev/hidg${minor}`;
}

function listen(device: number, tell: (value: number) => void): void {
  const report = Buffer.alloc(reportLength);
  read(device, report, 0, reportLength, null, (error, length) => {
    if (error !== null) throw error;
    if (length === 2 && report[0] === brightness) tell(report.readUInt8(1));
    listen(device, tell);
  });
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('missing: the file for what the panel is told');
writeFileSync(file, '');
listen(openSync(plugIn(), 'r+'), (value) => appendFileSync(file, `${value}\n`));
