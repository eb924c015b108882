import { errorCode } from './error-code';

/** To follow "can't be read:", or "can't be reached:". */
const words: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  ENOENT: 'it is missing',
  ENOTDIR: 'a part of the path is a file and no folder',
  EISDIR: 'it is a folder',
  EEXIST: 'there is something else with its name',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EIO: 'the disk fails',
  ELOOP: 'its link leads to itself',
  ENAMETOOLONG: 'its name is too long',
  ENXIO: 'nothing is connected to it',
  ENODEV: 'nothing is connected to it',
  EBUSY: 'another program uses it',
  ETXTBSY: 'another program uses it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENOTTY: 'it is no terminal',
  EADDRINUSE: 'another program uses it',
  EADDRNOTAVAIL: 'this machine has no such address',
  ECONNREFUSED: 'nobody answers there',
  ECONNRESET: 'the other side ended the connection',
  EPIPE: 'the other side ended the connection',
  ENOTFOUND: 'no computer of this name is known',
  EAI_AGAIN: "its name can't be looked up: there is no network or no Internet",
  ENETUNREACH: 'the network does not lead there',
  ENETDOWN: 'the network is down',
  EHOSTUNREACH: 'the network does not lead there',
  EHOSTDOWN: 'it is switched off',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
};

/** Why a file can't be read or a computer can't be reached, for people; an unusual cause is the system's name for it. */
export function failureWords(error: unknown): string {
  const code = errorCode(error);
  return words[code] ?? code;
}

/** Why a file can't be written: as long as it is not missing itself, its folder is. */
export function writingFailureWords(error: unknown): string {
  return errorCode(error) === 'ENOENT' ? 'its folder is missing' : failureWords(error);
}
