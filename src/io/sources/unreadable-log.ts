import { errorCode } from '../../base/error-code';
import { failureWords } from '../../base/failure-words';
import { UserError } from '../../base/user-error';

/** What to tell the user of a log that can't be opened or read. */
export function unreadableLog(file: string, error: unknown): UserError {
  return new UserError(sentence(file, error));
}

function sentence(file: string, error: unknown): string {
  const code = errorCode(error);
  switch (code) {
    case 'ENOENT':
      return `There is no file ${file}: name a log that candump -L wrote`;
    case 'EACCES':
      return `The file ${file} can't be read: it belongs to somebody else`;
    case 'EISDIR':
      return `${file} is a folder: name a log that candump -L wrote`;
    default:
      return `The file ${file} can't be read: ${failureWords(error)}`;
  }
}
