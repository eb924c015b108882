/**
 * The lines of a stream of text, without their ends. A line of more than `longest` characters is cut there and the rest
 * of it dropped, so that a file that is no text at all takes no more memory than one that is.
 */
export async function* boundedLines(chunks: AsyncIterable<string>, longest: number): AsyncGenerator<string> {
  let line = '';
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      yield (line + chunk.slice(from, end)).slice(0, longest);
      line = '';
      from = end + 1;
    }
    line = (line + chunk.slice(from)).slice(0, longest);
  }
  if (line !== '') yield line;
}
