import * as v from 'valibot';

const names = v.pipe(
  v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64))),
  v.maxLength(100),
);

/** What is read beside or instead of the one battery, and how batteries belong together; a part of the table in settings.ts. */
export const deviceSettings = {
  devices: {
    flag: 'device',
    placeholder: 'type,key=value,…',
    schema: v.pipe(
      v.array(v.union([v.pipe(v.string(), v.maxLength(4096)), v.record(v.string(), v.unknown())])),
      v.maxLength(100),
    ),
    fallback: [],
    accepts: 'a list of at most 100 devices, such as [{"type": "jbd-serial", "port": "/dev/ttyUSB0"}]',
    help: 'a device to read, such as jbd-serial,name=house,port=/dev/ttyUSB0; once for each device',
  },
  bank: {
    flag: 'bank',
    placeholder: 'names',
    schema: v.union([
      v.picklist(['all', 'off']),
      v.pipe(
        v.string(),
        v.transform((text) => text.split(',')),
        names,
      ),
      names,
    ]),
    fallback: 'all',
    accepts: 'all, off, or names of batteries such as house,bow',
    help: 'which batteries are in parallel and read as one: all, off, or names such as house,bow',
  },
} as const;
