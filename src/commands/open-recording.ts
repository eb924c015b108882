import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { writingFailureWords } from '../base/failure-words';
import { UserError } from '../base/user-error';

/** Opens a file to write into. @throws UserError (as a rejection) when that is not possible */
export async function openRecording(file: string): Promise<WriteStream> {
  const stream = createWriteStream(file);
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new UserError(
      `The log file ${file} can't be written: ${writingFailureWords(error)}; name another with --out.`,
    );
  }
  return stream;
}
