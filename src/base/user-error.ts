/**
 * A mistake of the user (a flag, a file, an address): its message is one sentence that names the value, the limit and
 * what to do. The command line prints the message alone and exits with code 2.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}
