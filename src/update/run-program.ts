import { execFile } from 'node:child_process';

/** How a program ended. */
export interface Ran {
  /** Its exit code; -1 when a signal ended it, it took too long, or it is not there. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with messages in English, and never rejects. */
export type RunProgram = (program: string, args: readonly string[], options?: RunOptions) => Promise<Ran>;

/** How a program is run. */
export interface RunOptions {
  /** Seconds after which it is killed; 120 by default. */
  readonly seconds?: number;
  readonly cwd?: string;
}

/** The machine's own programs. */
export const runProgram: RunProgram = (program, args, { seconds = 120, cwd } = {}) =>
  new Promise((resolve) => {
    const options = {
      timeout: seconds * 1000,
      killSignal: 'SIGKILL' as const,
      maxBuffer: 1024 * 1024,
      env: { ...process.env, LC_ALL: 'C' },
      cwd,
    };
    execFile(program, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      const missing = (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
      resolve({ code, stdout, stderr: missing ? `${program} is not there` : stderr });
    });
  });

/** The first line of what a program complained of, for a message. */
export function complaint({ stderr, code }: Ran): string {
  return stderr.trim().split('\n')[0]?.slice(0, 200) || `code ${code}`;
}
