/** What the system calls an error, such as `ENOSPC`; where it has no such name, what the error says of itself. */
export function errorCode(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return String(code ?? error);
}
