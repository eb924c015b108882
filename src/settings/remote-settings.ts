import * as v from 'valibot';
import type { SettingForm } from './setting-form';
import { toggle, wholeNumber } from './setting-schemas';

/**
 * What a password may be: printable ASCII, which every viewer and keyboard sends alike, without spaces at its ends, which get
 * lost where it is typed; or nothing, which is none.
 */
const password = v.pipe(v.string(), v.regex(/^([!-~][ -~]{4,62}[!-~])?$/));
const acceptedPasswords = '6 to 64 characters of ASCII without a space at either end, or nothing';

const onPage = (label: string, note: string): SettingForm => ({
  page: 'remote',
  label,
  note,
  effect: 'restart',
});

/** Who may see and touch the picture from elsewhere; a part of the table in settings.ts. Nobody, until there is a password. */
export const remoteSettings = {
  remotePassword: {
    flag: 'remote-password',
    placeholder: 'password',
    schema: password,
    fallback: '',
    accepts: acceptedPasswords,
    help: 'who has it sees and touches the display over VNC and in the browser (default: nobody); old VNC viewers use its first 8 characters only',
    form: onPage('Password', '6 to 64 characters'),
    secret: true,
  },
  remoteViewPassword: {
    flag: 'remote-view-password',
    placeholder: 'password',
    schema: password,
    fallback: '',
    accepts: acceptedPasswords,
    help: 'who has it sees the display over VNC and in the browser and touches nothing (default: nobody)',
    form: onPage('To look only', '6 to 64 characters'),
    secret: true,
  },
  vnc: {
    flag: 'vnc',
    schema: toggle(),
    fallback: true,
    accepts: 'true or false',
    help: 'lets VNC viewers in once there is a password',
    form: onPage('VNC', 'needs a password'),
  },
  vncPort: {
    flag: 'vnc-port',
    placeholder: 'number',
    schema: wholeNumber(1, 65535),
    fallback: 5900,
    accepts: 'a whole number from 1 to 65535',
    help: 'TCP port for VNC viewers',
  },
  vncListen: {
    flag: 'vnc-listen',
    placeholder: 'address',
    schema: v.union([v.literal(''), v.pipe(v.string(), v.ip())]),
    fallback: '',
    accepts: 'an IP address of this machine, such as 127.0.0.1, or nothing for all',
    help: 'address that VNC viewers come in by, such as 127.0.0.1 (default: all, for this network only)',
  },
  vncCertificate: {
    flag: 'vnc-certificate',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'encrypts with a certificate of its own, which TigerVNC can remember and some other viewers refuse',
  },
} as const;

/** False where nobody can look on over VNC: it takes a password. */
export function vncWanted(settings: {
  readonly vnc: boolean;
  readonly remotePassword: string;
  readonly remoteViewPassword: string;
}): boolean {
  return settings.vnc && (settings.remotePassword !== '' || settings.remoteViewPassword !== '');
}
