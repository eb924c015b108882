import { runCommandLine } from './commands/command-line';

void runCommandLine(process.argv).then((code) => {
  process.exitCode = code;
});
