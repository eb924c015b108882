/** Text of several lines on standard output that stays where it is on a terminal, and is written again elsewhere. */
export class LiveBlock {
  private printed = '';

  /** Writes the text in the place of the one before. */
  print(text: string): void {
    const up =
      process.stdout.isTTY && this.printed !== '' ? `\x1b[${this.printed.split('\n').length}A\x1b[J` : '';
    this.printed = text;
    process.stdout.write(`${up}${text}\n`);
  }
}
