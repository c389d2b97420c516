import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { workshopRoot } from '../workshop/root.ts';
import { commandLine } from './command-line.ts';
import type { Program } from './program.ts';

const program: Program = {
  root: workshopRoot(),
  signal: new AbortController().signal,
  print() {},
  say() {},
  isTerminal: false,
  takesKeys: false,
};

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

describe.each([40, 80, 120])('on a terminal of %d columns', (columns) => {
  const all = everyCommand(commandLine(program, () => {}));

  test.each(all.map((command) => [command.name(), command] as const))('the help of %s fits', (_, command) => {
    const help = command.configureOutput({ getOutHelpWidth: () => columns }).helpInformation();
    expect(help).toContain('Usage: lab');
    expect(help.split('\n').filter((line) => line.length > columns)).toEqual([]);
  });
});
