import { CommanderError } from 'commander';
import { exitCode } from '../failures/errors.ts';
import { explainError } from '../failures/explain-error.ts';
import { isFromAccount } from '../failures/failure.ts';
import type { FailedAt } from '../failures/failure-kinds.ts';
import { escapeControls, printable } from '../report/control-characters.ts';
import { noLinks } from '../report/link.ts';
import { wrapping } from '../report/wrap.ts';
import { workshopRoot } from '../workshop/root.ts';
import { commandLine } from './command-line.ts';
import type { Program } from './program.ts';
import { dressOutput } from './terminal.ts';
import { usageInWords } from './usage.ts';

// The `lab` command: runs what was called, and ends with its exit code. Errors are caught here and nowhere before.

const practice = { kind: 'practice', title: 'the practice account' } as const;
const interruption = new AbortController();
const root = workshopRoot();
const dress = dressOutput(root);
// What others wrote may hold control characters of any kind; the workshop's own are let through, if this reader gets them.
const shown = (line: string) => printable(line, { links: dress.link !== noLinks });
const program: Program = {
  root,
  signal: interruption.signal,
  print: (line) => void process.stdout.write(`${shown(line)}\n`),
  say: wrapping((line) => void process.stderr.write(`${shown(line)}\n`), process.stderr),
  ...dress,
};

process.on('SIGINT', () => {
  // Whoever presses it twice does not want to wait.
  if (interruption.signal.aborted) process.exit(exitCode.interrupted);
  interruption.abort();
});
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());

// Also what nobody waited for is told, and is no verdict: Node.js would end with 1.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    failed(error).then(
      (code) => process.exit(code),
      () => process.exit(exitCode.couldNotCheck),
    );
  });
}

process.exitCode = await run();

/** A command that comes to its end says what it ends with, also when Ctrl-C is its usual end. */
async function run(): Promise<number> {
  let code: number = exitCode.fixed;
  try {
    if (process.argv.length === 2) {
      code = await (await import('./commands/home.ts')).home(program);
    } else {
      await commandLine(program, (ended) => {
        code = ended;
      }).parseAsync();
    }
  } catch (error) {
    code = await failed(error);
  }
  return code;
}

/** A known error prints its message and what to do next, an unknown one its stack. */
async function failed(error: unknown): Promise<number> {
  if (error instanceof CommanderError) {
    // Help was asked for, and printed.
    if (error.exitCode === 0) return exitCode.fixed;
    const [word, named = ''] = process.argv.slice(2);
    if (error.code !== 'commander.help') say(usageInWords(error), whatThereIs(error.code));
    // A group of commands, called without one, has printed them; so has `help`, of a command that there is not.
    else if (word === 'help' && named !== 'help') say(`There is no command "${named}".`, 'These are all commands.');
    return exitCode.usage;
  }
  const isCall = isFromAccount(error);
  const target = isCall ? await chosenAccount() : practice;
  const { lines, exitCode: code, isFault } = explainError(error, { root, target });
  if (interruption.signal.aborted && (isFault || isCall)) return exitCode.interrupted;
  say(...lines);
  if (isFault) say('This is a fault of the workshop. Please open an issue with the lines above.');
  return code;
}

/** The account that commands of this checkout work in, as far as a sentence needs it. */
async function chosenAccount(): Promise<FailedAt> {
  const { chosenTarget } = await import('../aws/chosen.ts');
  const chosen = await chosenTarget(root).catch(() => practice);
  if (chosen.kind === 'practice') return practice;
  return { kind: chosen.kind, title: 'your AWS account', profile: chosen.profile };
}

/** Where the options of what was called wrongly are, or all commands. */
function whatThereIs(code: string): string {
  const [word = ''] = process.argv.slice(2);
  if (code !== 'commander.unknownCommand' || word === 'sandbox') {
    return word.startsWith('-')
      ? '`npx lab --help` lists all commands and options.'
      : `\`npx lab help ${word}\` shows how to use it.`;
  }
  return /^\d+$/.test(word)
    ? `\`npx lab start ${word}\` works on a lab; \`npx lab --help\` lists all commands.`
    : '`npx lab --help` lists all commands.';
}

function say(...lines: string[]): void {
  for (const line of lines) if (line !== '') program.say(escapeControls(line));
}
