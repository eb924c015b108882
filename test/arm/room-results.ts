/** What `jest --json` writes, as far as it is read here. */
export interface JestResults {
  readonly testResults: readonly {
    /** Path of the file. */
    readonly name: string;
    /** Of a file that could not be loaded: why. */
    readonly message: string;
    readonly status: 'passed' | 'failed';
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** A test that failed, or a file that could not be loaded, and the first line of why. */
export interface Failed {
  readonly name: string;
  readonly why: string;
}

/** How many tests of each room passed, as lines, and those that did not. A room is a folder of test/, or a file. */
export function resultsOfRooms(
  { testResults }: JestResults,
  rooms: readonly string[],
): { readonly table: string; readonly failed: readonly Failed[] } {
  const lines = rooms.map((room) => {
    const files = testResults.filter(({ name }) => name.includes(`/test/${room}`));
    const tests = files.flatMap((file) => file.assertionResults);
    const passed = tests.filter(({ status }) => status === 'passed').length;
    const minutes = files.reduce((sum, file) => sum + file.endTime - file.startTime, 0) / 60_000;
    return `arm64 ${room}: ${passed} of ${tests.length} tests in ${files.length} files passed, ${minutes.toFixed(1)} minutes of one worker`;
  });
  const failed = testResults.flatMap((file) => {
    const tests = file.assertionResults.filter(({ status }) => status === 'failed');
    if (tests.length === 0 && file.status === 'failed') return [{ name: file.name, why: file.message }];
    return tests.map(({ fullName, failureMessages }) => ({
      name: fullName,
      why: firstLines(failureMessages[0] ?? ''),
    }));
  });
  return { table: lines.join('\n'), failed };
}

function firstLines(text: string): string {
  return text.split('\n').slice(0, 6).join('\n');
}
