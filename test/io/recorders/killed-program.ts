import { spawn } from 'node:child_process';

/**
 * Lets a program write and kills it at a moment that nobody chose.
 *
 * @param program file and arguments; it prints a line whenever what it was given is on the disk
 * @returns the number in its last whole line: how far it had said that it came
 */
export async function killedWhileWriting(program: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, program, { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  const died = new Promise((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('\n')) resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
  child.kill('SIGKILL');
  await died;
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
}
