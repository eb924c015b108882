import type { BrokerFilesRemarks, BrokerFilesReports } from '../../model/broker-files-reports';
import { phrase, type Phrases } from '../phrases';
import { clause } from '../sentences';
import { copyTroublePhrases } from './sticks';

const remarks: Phrases<BrokerFilesRemarks> = {
  'dates-unchecked': ({ today }) =>
    `Whether the certificate is valid can't be said before this machine knows the time (its clock says ${today})`,
  'dates-ahead': ({ from, today }) =>
    `The certificate is not valid before ${from}, and this machine's clock says ${today}: is it right?`,
};

/** What became of a stick with the broker's files. */
export const brokerFilesPhrases: Phrases<BrokerFilesReports> = {
  'files-taken': (files) => usable('were taken from the stick', files),
  'files-known': (files) => usable('on the stick are known', files),
  'files-none': () => '',
  'files-stick-unusable': ({ trouble }) => clause(phrase(copyTroublePhrases, trouble)),
  'files-missing': ({ files }) => `The stick lacks ${files.join(' and ')}: all three files belong together`,
  'file-linked': ({ file }) => `${file} on the stick is a link, no file`,
  'file-no-file': ({ file }) => `${file} on the stick is no file`,
  'file-unreadable': ({ file, reason }) => `${file} on the stick can't be read: ${reason}`,
  'file-too-large': ({ file, size, limit }) =>
    size === undefined
      ? `${file} on the stick has more than ${limit} bytes`
      : `${file} on the stick has ${size} bytes, and may have ${limit}`,
  'file-several-lines': ({ file }) =>
    `${file} has more than one line: it must hold the broker's host name alone`,
  'file-no-host': ({ file }) =>
    `${file} holds no host name: its one line must be such as abc-ats.iot.eu-west-1.amazonaws.com`,
  'file-no-certificate': ({ file }) => `${file} is no certificate in PEM format: download it anew`,
  'file-locked-key': ({ file }) => `${file} is locked with a password: bring one without`,
  'file-no-key': ({ file }) => `${file} is no private key in PEM format: download it anew`,
  'file-other-key': ({ file, certificate }) =>
    `${file} is not the key of ${certificate}: download both anew, together`,
  'file-expired': ({ file, until, today }) =>
    `${file} has expired on ${until} (it is ${today} here): make a new one`,
  'files-not-kept': ({ reason }) => `The broker files from the stick can't be kept: ${reason}`,
};

function usable(what: string, { host, until, remark }: BrokerFilesReports['files-taken']): string {
  const files = `The broker files ${what}: ${host}, certificate valid until ${until}`;
  return remark === undefined ? files : `${files}. ${phrase(remarks, remark)}`;
}
