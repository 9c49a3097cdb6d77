/** Records as a JSON array, piece by piece, indented as all JSON files of the command are. */
export async function* jsonArray(
  records: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<string> {
  let before = '[\n';
  for await (const record of records) {
    const text = JSON.stringify(record, null, 2).replaceAll('\n', '\n  ');
    yield `${before}  ${text}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** Records as JSON lines: one to a line. */
export async function* jsonLines(
  records: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}
