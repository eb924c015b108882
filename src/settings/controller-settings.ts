import * as v from 'valibot';
import { choice, wholeNumber } from './setting-schemas';

/** What `packdial simulate` plays of a controller that can be configured; a part of the table in settings.ts. */
export const controllerSettings = {
  controller: {
    flag: 'controller',
    placeholder: 'manner',
    schema: choice(['on', 'off', 'refuse', 'silent', 'drop', 'forget', 'damage', 'busy', 'full']),
    fallback: 'on',
    accepts: 'one of on, off, refuse, silent, drop, forget, damage, busy, full',
    help: 'how simulate takes changes of its configuration over UDP: on, off, or with a fault (refuse, silent, drop, forget, damage, busy, full)',
  },
  controllerPort: {
    flag: 'controller-port',
    placeholder: 'number',
    schema: wholeNumber(0, 65535),
    fallback: 6501,
    accepts: 'a whole number from 0 to 65535',
    help: 'TCP port that simulate takes changes on; another free one where it is taken',
  },
  controllerFile: {
    flag: 'controller-file',
    placeholder: 'path',
    schema: v.pipe(v.string(), v.maxLength(4096)),
    fallback: '',
    accepts: 'the path of a file',
    help: "file that simulate keeps its controller's configuration in (default: simulated-controller.json in the data folder)",
  },
} as const;
