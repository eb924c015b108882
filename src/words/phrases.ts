/** One sentence without its full stop for each code of a table: the compiler finds a code without one. */
export type Phrases<Table> = { readonly [Code in keyof Table]: (values: Table[Code]) => string };

/** Puts a code with its values into words. */
export function phrase<Table, Code extends keyof Table>(
  phrases: Phrases<Table>,
  { code, values }: { readonly code: Code; readonly values: Table[Code] },
): string {
  return phrases[code](values);
}
