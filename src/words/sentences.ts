/** A sentence as a clause of another one: without its full stop. */
export function clause(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** A few words as a sentence of their own: with a capital and a full stop. */
export function sentence(words: string): string {
  const capital = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
