import { settingsForCommand } from '../../src/commands/settings-for-command';
import { UnreadableSettings } from '../../src/settings/settings-file';

const file = '/etc/packdial/settings.json';
const read = (): never => {
  throw new UnreadableSettings(file, `The settings file ${file} can't be read`);
};

test.each(['decode', 'record', 'snapshot', 'simulate'])(
  '%s goes on without settings that this user may not read, and says so',
  (command) => {
    const said: string[] = [];
    const found = settingsForCommand(command, undefined, { read, say: (text) => said.push(text) });
    expect(found).toEqual({ file, inFile: {}, notice: undefined });
    expect(said).toEqual([expect.stringContaining(`so ${command} uses its flags and the defaults alone`)]);
  },
);

test('a file that was named, or is needed, is a mistake', () => {
  for (const [command, named] of [
    ['decode', file],
    ['copy-log', undefined],
  ] as const)
    expect(() => settingsForCommand(command, named, { read })).toThrow(UnreadableSettings);
});
