import { CommanderError } from 'commander';
import { exitCode } from '../failures/errors.ts';
import { explainError } from '../failures/explain-error.ts';
import { isFromAccount } from '../failures/failure.ts';
import type { FailedAt } from '../failures/failure-kind.ts';
import { escapeControls, printable } from '../report/control-characters.ts';
import { noLinks } from '../report/link.ts';
import { wrapping } from '../report/wrap.ts';
import { workshopRoot } from '../workshop/root.ts';
import { shortName } from '../workshop/short-name.ts';
import { commandLine } from './command-line.ts';
import type { Program } from './program.ts';
import { dressOutput } from './terminal.ts';
import { usageInWords } from './usage.ts';

// The `lab` command: runs the named command, and exits with its code. Errors are caught here and nowhere else.

const practice = { kind: 'practice', title: 'the practice account' } as const;
const interruption = new AbortController();
const root = workshopRoot();
const dress = dressOutput(root);
// Text from others can contain any control characters. The workshop's own are allowed if this reader supports them.
const shown = (line: string) => printable(line, { links: dress.link !== noLinks });
const program: Program = {
  root,
  signal: interruption.signal,
  print: (line) => void process.stdout.write(`${shown(line)}\n`),
  say: wrapping((line) => void process.stderr.write(`${shown(line)}\n`), process.stderr),
  ...dress,
};

process.on('SIGINT', () => {
  // Somebody who presses it twice doesn't want to wait.
  if (interruption.signal.aborted) process.exit(exitCode.interrupted);
  interruption.abort();
});
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());

// Unhandled rejections are reported, too, and are no verdict: Node.js would exit with 1.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    failed(error).then(
      (code) => process.exit(code),
      () => process.exit(exitCode.couldNotCheck),
    );
  });
}

process.exitCode = await run();

/** A finished command reports its exit code, even if Ctrl-C is its normal end. */
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

/** A known error prints its message and what to do next; an unknown one, its stack. */
async function failed(error: unknown): Promise<number> {
  if (error instanceof CommanderError) {
    // Help was requested and printed.
    if (error.exitCode === 0) return exitCode.fixed;
    // A command group called without a command has printed its commands.
    if (error.code !== 'commander.help') say(usageInWords(error), await whatThereIs(error));
    return exitCode.usage;
  }
  const isCall = isFromAccount(error);
  const target = isCall ? await chosenAccount() : practice;
  const { lines, exitCode: code, isFault } = explainError(error, { root, target });
  if (interruption.signal.aborted && (isFault || isCall)) return exitCode.interrupted;
  say(...lines);
  if (isFault) say('This is a bug in the workshop. Please open an issue with the lines above.');
  return code;
}

/** The account that this checkout's commands use, as far as a sentence needs it. */
async function chosenAccount(): Promise<FailedAt> {
  const { chosenTarget } = await import('../aws/chosen.ts');
  const chosen = await chosenTarget(root).catch(() => practice);
  if (chosen.kind === 'practice') return practice;
  return { kind: chosen.kind, title: 'your AWS account', profile: chosen.profile };
}

/** Where to find the options of a command that was called incorrectly, or all commands. */
async function whatThereIs({ code, message }: CommanderError): Promise<string> {
  const isTypo = message.includes('Did you mean');
  const [word = ''] = process.argv.slice(2);
  if (code !== 'commander.unknownCommand' || word === 'sandbox') {
    return word.startsWith('-')
      ? '`npx lab --help` lists all commands and options.'
      : `\`npx lab help ${calledCommand().join(' ')}\` shows how to use it.`;
  }
  // A typo of a command isn't a lab's name, although `log` is part of one.
  const lab = isTypo ? undefined : await labNamed(word);
  return lab === undefined
    ? '`npx lab --help` lists all commands.'
    : `\`npx lab start ${lab}\` works on a lab; \`npx lab --help\` lists all commands.`;
}

/** Returns the names of the called command and its subcommand: `sandbox`, `start`. */
function calledCommand(): string[] {
  const names: string[] = [];
  let { commands } = commandLine(program, () => {});
  for (const word of process.argv.slice(2)) {
    const called = commands.find((command) => command.name() === word);
    if (called === undefined) break;
    names.push(word);
    ({ commands } = called);
  }
  return names;
}

/** The labs are loaded here, and not before `--labs` has said which folder has more of them. */
async function labNamed(word: string): Promise<string | undefined> {
  const { findLab } = await import('../workshop/lab-name.ts');
  try {
    return shortName(findLab(word).id);
  } catch {
    return undefined;
  }
}

function say(...lines: string[]): void {
  for (const line of lines) if (line !== '') program.say(escapeControls(line));
}
