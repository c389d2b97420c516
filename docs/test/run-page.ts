import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Command, commandsOf } from './console.ts';
import { edit } from './edit.ts';
import { blocksOf, type Page } from './pages.ts';
import { difference } from './printed.ts';
import { Shell } from './shell.ts';
import { installedWorkshop, nothingYet } from './workshop-copy.ts';

/** The result of running a page. */
export interface Run {
  /** Commands that ran. */
  readonly ran: number;
  /** The differences from the page, each with its line. */
  readonly wrong: readonly string[];
  /** Commands that this machine can't run, and why: they need AWS, or a program that isn't installed. */
  readonly left: readonly string[];
}

/** Returns whether a page has commands that this machine can run. */
export function isRun(page: Page): boolean {
  return blocksOf(page).some(
    ({ language, title }) => elsewhere(title) === undefined && (language === 'console' || language === 'sh'),
  );
}

/** Runs a page's commands and edits in a clean copy, from first to last, and compares their output. */
export async function runPage(page: Page): Promise<Run> {
  const steps = blocksOf(page).filter(
    ({ language, title }) =>
      language === 'console' || language === 'sh' || (language === 'diff' && title !== undefined),
  );
  const fromNothing = steps[0]?.lines.some((text) => text.includes('git clone')) ?? false;
  const place = await (fromNothing ? nothingYet() : installedWorkshop());
  const memory = await mkdtemp(join(tmpdir(), 'websocket-lab-docs-shell-'));
  const [wrong, left]: [string[], string[]] = [[], []];
  const names = new Map<string, string>();
  let ran = 0;
  try {
    const shell = await Shell.open(place, memory);
    for (const block of steps) {
      if (block.language === 'diff') {
        await edit(place.folder, block);
        continue;
      }
      for (const command of commandsOf(block)) {
        const reason = elsewhere(block.title) ?? notHere(command.run);
        if (reason !== undefined) {
          left.push(`${page.path}:${command.line} ${command.run}: ${reason}`);
          continue;
        }
        const run = [...names].reduce((text, [shown, real]) => text.replaceAll(shown, real), command.run);
        const printed = await shell.run({ ...command, run });
        ran += 1;
        const [shown, real] = [onlyWord(command.prints), onlyWord(printed.lines)];
        if (shown !== undefined && real !== undefined) names.set(shown, real);
        const what = difference(command.prints, printed.lines);
        const failed = showsNothing(command) && printed.code !== 0 ? `it ended with ${printed.code}` : undefined;
        if (what === undefined && failed === undefined) continue;
        wrong.push(
          `${page.path}:${command.line} $ ${command.run}\n  ${what ?? failed}\n  It printed:\n${printed.lines.map((text) => `    ${text}`).join('\n')}`,
        );
      }
    }
  } catch (error) {
    wrong.push(`${page.path}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await place.remove();
    await rm(memory, { recursive: true, force: true });
  }
  return { ran, wrong, left };
}

/** Returns the word that is all of a command's output: a name that the reader copies into a later command. */
function onlyWord(lines: readonly string[]): string | undefined {
  const [first, ...more] = lines.filter((line) => line !== '');
  return first !== undefined && more.length === 0 && /^[\w-]{12,}$/.test(first) ? first : undefined;
}

/** Returns why the commands of a block with this title aren't run. */
function elsewhere(title: string | undefined): string | undefined {
  if (title === 'on AWS') return 'it needs AWS';
  return title === 'PowerShell' ? 'it needs PowerShell' : undefined;
}

/** Nothing of such a command is compared, so it has to succeed. An interrupted one can end with any code. */
function showsNothing({ prints, interrupted }: Command): boolean {
  return !interrupted && prints.every((line) => line === '…' || line === '');
}

/** Returns why a command can't run here: it needs a program of AWS's that isn't installed. */
function notHere(command: string): string | undefined {
  const [, program] = /(?:^|\$\()(aws|sam)\b/.exec(command) ?? [];
  if (program === undefined) return undefined;
  const there = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
  return there ? undefined : `${program} is not installed here`;
}
