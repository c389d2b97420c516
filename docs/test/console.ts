import type { Block } from './pages.ts';

/** One command of a page and what the page says it prints. */
export interface Command {
  readonly run: string;
  readonly prints: readonly string[];
  /** The page ends it with Ctrl-C, once it has printed what is shown. */
  readonly interrupted: boolean;
  /** The line in the page. */
  readonly line: number;
}

/**
 * The commands of a block. ```console has `$ command` and below it what it prints; `> ` goes on with a command that is
 * longer than a line; `^C` ends one that does not end by itself. ```sh has commands alone, whose output is not shown.
 */
export function commandsOf({ language, lines, line }: Block): Command[] {
  if (language === 'sh') return lines.flatMap((text, index) => shellCommand(text, line + 1 + index));
  const commands: Array<{ run: string; prints: string[]; interrupted: boolean; line: number }> = [];
  for (const [index, text] of lines.entries()) {
    const last = commands.at(-1);
    if (text.startsWith('$ '))
      commands.push({ run: text.slice(2), prints: [], interrupted: false, line: line + 1 + index });
    else if (last === undefined) throw new Error(`Line ${line + 1 + index}: output without a command before it.`);
    else if (text.startsWith('> ')) last.run += `\n${text.slice(2)}`;
    else if (text === '^C') last.interrupted = true;
    else last.prints.push(text);
  }
  return commands;
}

function shellCommand(text: string, line: number): Command[] {
  const run = text.replace(/\s+#\s.*$/, '').trim();
  return run === '' || run.startsWith('#') ? [] : [{ run, prints: ['…'], interrupted: false, line }];
}
