import type { Block } from './pages.ts';

/** One command of a page, and the output that the page shows. */
export interface Command {
  readonly run: string;
  readonly prints: readonly string[];
  /** The page ends it with Ctrl-C, once it has printed the output shown. */
  readonly interrupted: boolean;
  /** The line in the page. */
  readonly line: number;
}

/**
 * Returns the commands of a block. ```console has `$ command` with its output below; `> ` continues a command, and `^C`
 * ends one that doesn't end on its own. ```sh has commands only, without output.
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
