/**
 * A fact as a code and the values that belong to it; `Table` says which values each code has. `src/words` puts it into a
 * sentence, so that no other part of the program depends on how one is worded.
 */
export type Coded<Table> = {
  readonly [Code in keyof Table]: { readonly code: Code; readonly values: Table[Code] };
}[keyof Table];

/** The values of a code that says everything itself. */
export type NoValues = Readonly<Record<string, never>>;

/** True for the same code with the same values. Values must be plain data. */
export function sameCoded(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
