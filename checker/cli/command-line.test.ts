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

describe('lab help', () => {
  const help = async (...names: string[]) => {
    let printed = '';
    let code: number | undefined;
    const lab = commandLine(program, (ended) => {
      code = ended;
    });
    const writeOut = (text: string) => {
      printed += text;
    };
    for (const each of everyCommand(lab)) each.configureOutput({ writeOut, getOutHelpWidth: () => 80 });
    await lab.parseAsync(['help', ...names], { from: 'user' });
    return { code, printed };
  };

  test.each([
    ['', 'Usage: lab [options] [command]'],
    ['check', 'Usage: lab check [options] [labs...]'],
    ['sandbox', 'Usage: lab sandbox'],
    ['sandbox start', 'Usage: lab sandbox start [options]'],
    ['gameday answer', 'Usage: lab gameday answer [options] <n>'],
  ])('shows the page of %s', async (names, usage) => {
    const { code, printed } = await help(...names.split(' ').filter((name) => name !== ''));
    expect(code).toBe(0);
    expect(printed.startsWith(usage)).toBe(true);
  });

  test('rejects unknown commands and subcommands, with nothing else', async () => {
    await expect(help('lgos')).rejects.toMatchObject({
      message: 'There is no command "lgos". Did you mean logs?',
      next: '`npx lab --help` lists all commands.',
      exitCode: 2,
    });
    await expect(help('sandbox', 'foo')).rejects.toMatchObject({
      message: 'There is no command "foo".',
      next: '`npx lab help sandbox` shows how to use it.',
    });
  });
});
