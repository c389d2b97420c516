import type { Command } from 'commander';
import { commandLine } from '../../../checker/cli/command-line.ts';
import { exitCode } from '../../../checker/failures/errors.ts';
import { labs } from '../../../checker/workshop/labs.ts';
import { codeOf, type Page, proseOf, root } from '../pages.ts';

/** Returns the uses of `npx lab …` with a command, a flag or a lab that doesn't exist. */
export function unknownCommands(page: Page): string[] {
  const lab = theCommandLine();
  return codeOf(page).flatMap(({ text, line, block }) =>
    [
      ...text.matchAll(block === undefined ? /(?:\bnpx |^)lab(?=\s|$)([^`;&|<>#()]*)/g : /\bnpx lab\b([^`;&|<>#()]*)/g),
    ].flatMap(([, rest = '']) => {
      const problem = problemOf(rest.trim().split(/\s+/).filter(Boolean), lab);
      return problem === undefined ? [] : [`${page.path}:${line} npx lab${rest.trimEnd()}: ${problem}`];
    }),
  );
}

function problemOf(words: readonly string[], lab: Command): string | undefined {
  let command = lab;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '…' || word === 'help') continue;
    if (word.startsWith('-')) {
      const [flag, given] = word.split('=');
      const option = [...command.options, ...lab.options].find(({ short, long }) => short === flag || long === flag);
      if (option === undefined && flag !== '--help') return `there is no ${flag}`;
      if (option?.required !== true) continue;
      const value = given ?? words[++at];
      if (value !== undefined && option.argChoices?.includes(value) === false) return `${flag} takes no ${value}`;
      continue;
    }
    const next = command.commands.find((one) => one.name() === word);
    if (next !== undefined) command = next;
    else if (command === lab) return `there is no command ${word}`;
    else if (command.commands.length > 0) return `there is no ${command.name()} ${word}`;
    else if (/^\d\d(?:-|$)/.test(word) && !labs.some(({ id }) => id === word || id.startsWith(`${word}-`)))
      return `there is no lab ${word}`;
  }
  return undefined;
}

/** Returns the commands and options that the page of all commands omits. */
export function unlistedCommands({ path, text }: Page): string[] {
  if (path !== 'docs/commands.md') return [];
  const lab = theCommandLine();
  const ends = lab.commands.flatMap((command) => (command.commands.length === 0 ? [command] : command.commands));
  const missing = (what: string, word: string) =>
    new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(text) ? [] : [`${path}: it omits ${what}`];
  return ends.flatMap((command) => [
    ...missing(`the command ${command.name()}`, command.name()),
    ...command.options.flatMap(({ long }) => missing(`${command.name()} ${long}`, long ?? '')),
  ]);
}

/** Returns exit codes that no command has, and those that the page of all commands doesn't explain. */
export function wrongExitCodes(page: Page): string[] {
  const known = Object.values(exitCode).map(String);
  const named = proseOf(page).flatMap((text, index) =>
    [...text.matchAll(/\bexit codes? (\d+)|\b(?:end|exit)s? with (\d+)\b|^\| (\d+) \|/gi)].map((match) => ({
      code: match.slice(1).find((one) => one !== undefined) ?? '',
      line: index + 1,
    })),
  );
  const wrong = named
    .filter(({ code }) => !known.includes(code))
    .map(({ code, line }) => `${page.path}:${line} exit code ${code}: no command exits with it`);
  if (page.path !== 'docs/commands.md') return wrong;
  const left = known.filter((code) => !named.some((one) => one.code === code));
  return [...wrong, ...left.map((code) => `${page.path}: it doesn't explain exit code ${code}`)];
}

/** Returns the command line, whose commands do nothing here. */
function theCommandLine(): Command {
  const { signal } = new AbortController();
  return commandLine({ root, signal, print() {}, say() {}, isTerminal: false, takesKeys: false }, () => {});
}
