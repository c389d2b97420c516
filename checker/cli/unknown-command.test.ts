import { Command } from 'commander';
import { expect, test } from 'vitest';
import { unknownCommand } from './unknown-command.ts';

const gameday = new Command('lab').command('gameday');
for (const name of ['status', 'hint', 'answer', 'report']) gameday.command(name);

test.each([
  ['stauts', 'There is no command "stauts". Did you mean status?'],
  ['hnit', 'There is no command "hnit". Did you mean hint?'],
  ['banana', 'There is no command "banana".'],
])('lab gameday %s', (name, message) => {
  expect(unknownCommand(gameday, name)).toMatchObject({
    message,
    next: '`npx lab help gameday` shows how to use it.',
    exitCode: 2,
  });
});
