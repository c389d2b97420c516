import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { commandLine } from './command-line.ts';
import { usageInWords } from './usage.ts';

test.each([
  ['use cloud', '"cloud" isn\'t a choice. Use practice or aws.'],
  ['reset --to middle', '--to can\'t be "middle". Use start or solution.'],
  ['env --shell fish', '--shell can\'t be "fish". Use sh, powershell or cmd.'],
  ['start --port abc', '--port can\'t be "abc". A port is a number from 0 to 65535.'],
  ['gameday hint x', '<n> can\'t be "x". It must be an integer, 1 or greater.'],
  ['chek', 'There is no command "chek". Did you mean check?'],
  ['list --foo', 'There is no option --foo here.'],
  ['list --al', 'There is no option --al here.'],
  ['demo', 'The argument <lab> is missing.'],
  ['list 01', '`lab list` takes no arguments.'],
  ['deploy 01 02', '`lab deploy` takes one argument.'],
  ['start --port', '--port needs a value: <port>.'],
  ['grade', 'The option --roster <file> is required.'],
])('lab %s', async (call, sentence) => {
  const program = { root: workshopRoot(), signal: new AbortController().signal, isTerminal: false, takesKeys: false };
  const lab = commandLine({ ...program, print() {}, say() {} }, () => {});
  const error = await lab.parseAsync(call.split(' '), { from: 'user' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CommanderError);
  expect(usageInWords(error as CommanderError)).toBe(sentence);
});
