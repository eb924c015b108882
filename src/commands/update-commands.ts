import { Option, type Command } from 'commander';
import type { InstallUpdateFlags } from './install-update';
import type { PackReleaseFlags } from './pack-release';

/** Adds the commands that make and install releases. `ended` gets their exit codes. */
export function addUpdateCommands(program: Command, ended: (code: number) => void): void {
  program
    .command('install-update')
    .description(
      'install a newer release from the stick or the update address, and go back if it is not well',
    )
    .exitOverride()
    .option('--archive <file>', 'install this archive')
    .option('--force', 'take an older version too, and the one that runs')
    .addOption(new Option('--requested').hideHelp())
    .action(async (flags: InstallUpdateFlags) =>
      ended(await (await import('./install-update')).installUpdate(flags)),
    );
  program
    .command('settle-update', { hidden: true })
    .description('before the display starts: give up a release that has not proved itself')
    .exitOverride()
    .action(async () => ended(await (await import('./install-update')).settleUpdate()));
  program
    .command('confirm-update', { hidden: true })
    .description('after the display has started: watch a release that has not proved itself yet')
    .exitOverride()
    .action(async () => ended(await (await import('./install-update')).confirmUpdate()));
  program
    .command('pack-release', { hidden: true })
    .description('make a signed archive; called by make release')
    .exitOverride()
    .requiredOption('--payload <file>', 'gzipped tar of a release')
    .requiredOption('--unpacked <bytes>', 'what it takes unpacked')
    .requiredOption('--minimum <version>', 'the oldest version that may be followed by it')
    .requiredOption('--key <file>', 'ed25519 private key (PEM)')
    .requiredOption('--out <folder>', 'where the archive goes')
    .action(async (flags: PackReleaseFlags) =>
      ended(await (await import('./pack-release')).packRelease(flags)),
    );
}
