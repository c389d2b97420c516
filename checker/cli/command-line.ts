import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { exitCode } from '../failures/errors.ts';
import { requireFolders } from '../failures/file-failure.ts';
import { labsVariable } from '../workshop/own-labs/home.ts';
import { accountCommands } from './account-commands.ts';
import type { ProveCommandOptions } from './commands/prove.ts';
import type { TraceOptions } from './commands/trace.ts';
import { gameDayCommands } from './game-day-commands.ts';
import { formatItem } from './help.ts';
import { inSentences } from './in-sentences.ts';
import { port, seed, weather } from './option-values.ts';
import { outputFile } from './output-file.ts';
import type { Program } from './program.ts';
import { unknownCommand } from './unknown-command.ts';

/** Gets the exit code of the command that was called. */
type End = (code: number) => void;

/** All commands and their options. Each command is loaded when it is called. */
export function commandLine(program: Program, end: End): Command {
  const lab = new Command('lab')
    .description("Repair a chat room, one fault at a time. Without a command: shows where you are and what's next.")
    // Commander's own knows no subcommands.
    .helpCommand(false)
    .version(versionOf(program.root), '-v, --version', "show the workshop's version")
    .addOption(
      new Option('--labs <folder>', "add your own labs to the workshop's: docs/instructors.md").env(labsVariable),
    )
    .helpOption('-h, --help', 'show this page')
    .configureHelp({ formatItem, minWidthToWrap: 10 })
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .hook('preAction', async (_lab, command) => {
      if (command.name() === 'help') return;
      // Readers of JSON get JSON, whatever happens.
      if (command.opts().json !== true) requireFolders(program.root);
      const { labs } = lab.opts<{ labs?: string }>();
      if (labs !== undefined) await (await import('../workshop/own-labs/take.ts')).takeOwnLabs(program, labs);
    });
  // Like `lab` without arguments; any other word is reported as an unknown command.
  if (namesLabsOnly(process.argv.slice(2)))
    lab.action(async () => end(await (await import('./commands/home.ts')).home(program)));
  lab.commandsGroup('Work on labs:');
  learning(lab, program, end);
  filing(lab, inSentences(program), end);
  gameDayCommands(lab, program, end);
  lab.commandsGroup('The account:');
  accountCommands(lab, program, end);
  lab.commandsGroup('Teach:');
  teaching(lab, program, end);
  lab.commandsGroup('Write labs:');
  authoring(lab, program, end);
  lab.commandsGroup('Commands:');
  helping(lab, end);
  return lab;
}

/** Deploying a lab, checking it, and getting help with it. */
function learning(lab: Command, program: Program, end: End): void {
  lab
    .command('start [lab]')
    .description('deploy a lab, serve its chat page, and deploy and check again on every save')
    .option('--once', 'exit after the first verdict, with its exit code')
    .option('--port <port>', 'the port of the practice account', port)
    .action(async (name: string | undefined, options: { once?: boolean; port?: number }) => {
      end(await (await import('./commands/start.ts')).start(program, { lab: name, ...options }));
    });
  lab
    .command('list')
    .description('list the labs, and which are fixed')
    .action(async () => end(await (await import('./commands/list.ts')).list(program)));
  lab
    .command('deploy [lab]')
    .description('deploy a lab with the CDK')
    .option('--all', 'deploy all labs, one after the other')
    .action(async (name: string | undefined, options: { all?: boolean }) => {
      end(await (await import('./commands/deploy.ts')).deploy(program, { lab: name, ...options }));
    });
  lab
    .command('check [labs...]')
    .description('check the deployed room and show what is right and wrong')
    .option('--all', 'check all labs')
    .option('--json', 'print one JSON document and nothing else')
    .option('--junit <file>', 'write a JUnit report as well', outputFile)
    .option('--html <file>', 'write a page as well', outputFile)
    .action(async (names: string[], options: { all?: boolean; json?: boolean; junit?: string; html?: string }) => {
      end(await (await import('./commands/check.ts')).check(program, { names, ...options }));
    });
  lab
    .command('hint [lab]')
    .description('show the next hint for the first failure')
    .option('--all', 'show all hints given so far')
    .action(async (name: string | undefined, options: { all?: boolean }) => {
      end(await (await import('./commands/hint.ts')).hint(program, { lab: name, ...options }));
    });
  lab
    .command('scene [lab]')
    .description('act out the complaint in the deployed room')
    .action(async (name: string | undefined) => {
      end(await (await import('./commands/scene.ts')).scene(program, { lab: name }));
    });
  lab
    .command('open [lab]')
    .description('serve the chat page and the console of the deployed room until you press Ctrl-C')
    .action(async (name: string | undefined) => {
      end(await (await import('./commands/open.ts')).open(program, { lab: name }));
    });
  lab
    .command('trace [lab]')
    .description("show the newest message's path through the room, and what denied it, if anything did")
    .option('--follow', 'print each path as it ends, until you press Ctrl-C')
    .option('--request <id>', 'show the path with this request id, such as from an error message in the room')
    .option('--checker', "include the checker's messages")
    .option('--json', 'print JSON, one document per line')
    .action(async (name: string | undefined, options: Omit<TraceOptions, 'lab'>) => {
      end(await (await import('./commands/trace.ts')).trace(program, { lab: name, ...options }));
    });
  lab
    .command('logs [lab]')
    .description("show what a lab's functions logged")
    .option('--follow', 'print lines as they arrive, until you press Ctrl-C')
    .option('--request <id>', 'show only lines with this request id, such as from an error message in the room')
    .action(async (name: string | undefined, options: { follow?: boolean; request?: string }) => {
      end(await (await import('./commands/logs.ts')).logs(program, { lab: name, ...options }));
    });
  lab
    .command('destroy [lab]')
    .description('delete a lab from the account; your files stay')
    .option('--all', 'delete all labs')
    .option('--yes', 'delete without asking')
    .action(async (name: string | undefined, options: { all?: boolean; yes?: boolean }) => {
      end(await (await import('./commands/destroy.ts')).destroy(program, { lab: name, ...options }));
    });
}

/** The learner's changes to a lab's files, and undoing them. */
function filing(lab: Command, program: Program, end: End): void {
  lab
    .command('diff [lab]')
    .description('show your changes; once the lab is fixed, also how the solution differs')
    .option('--solution', "show how the solution differs, even if the lab isn't fixed")
    .action(async (name: string | undefined, options: { solution?: boolean }) => {
      end(await (await import('./commands/diff.ts')).diff(program, { lab: name, ...options }));
    });
  lab
    .command('reset [labs...]')
    .description('reset labs to their start or solution; your files are saved first')
    .option('--all', 'reset all labs')
    .addOption(new Option('--to <version>', 'the version to reset to').choices(['start', 'solution']).default('start'))
    .action(async (names: string[], options: { all?: boolean; to: 'start' | 'solution' }) => {
      end(await (await import('./commands/reset.ts')).reset(program, { names, ...options }));
    });
  lab
    .command('undo [which]')
    .description('restore the files that the last reset replaced, or an earlier one')
    .option('--list', 'list the saved files, newest first')
    .action(async (which: string | undefined, options: { list?: boolean }) => {
      end(await (await import('./commands/undo.ts')).undo(program, { which, ...options }));
    });
  lab
    .command('update')
    .description('update the workshop and keep your changes in labs/')
    .action(async () => end(await (await import('./commands/update.ts')).update(program)));
}

/** For instructors. */
function teaching(lab: Command, program: Program, end: End): void {
  lab
    .command('demo <lab>')
    .description('show a class the lab broken, then repaired, in a separate account; your files stay')
    .action(async (name: string) => {
      end(await (await import('./commands/demo.ts')).demo(program, { lab: name }));
    });
  lab
    .command('grade [labs...]')
    .description("check a class's labs and list who fixed which")
    .requiredOption('--roster <file>', 'the class: CSV with name and folder, or with name, profile and region')
    .option('--csv <file>', 'write the grades as CSV', outputFile)
    .option('--json', 'print one JSON document and nothing else')
    .option('--yes', 'run the code in graded folders without asking')
    .action(async (names: string[], options: { roster: string; csv?: string; json?: boolean; yes?: boolean }) => {
      end(await (await import('./commands/grade.ts')).grade(program, { names, ...options }));
    });
}

/** For authors of labs. */
function authoring(lab: Command, program: Program, end: End): void {
  lab
    .command('prove [labs...]')
    .description("prove that a lab's start, solution, repairs and shortcuts do what they should")
    .option('--write', 'write labs/ from solutions/ and exit')
    .option('--all', 'also prove the variants in more/, each much like another')
    .option('--only <word>', 'prove only variants with this in their name')
    .option('--junit <file>', 'write the proof as JUnit XML', outputFile)
    .addOption(weather())
    .addOption(seed())
    .action(async (names: string[], options: Omit<ProveCommandOptions, 'names'>) => {
      end(await (await import('./commands/prove.ts')).prove(program, { names, ...options }));
    });
  lab
    .command('smoke [labs...]')
    .description('deploy each lab to your AWS account, check it, delete it, and report surprises')
    .option('--yes', 'start without asking')
    .option('--practice', 'run against a separate practice account, to try out this command')
    .action(async (names: string[], options: { yes?: boolean; practice?: boolean }) => {
      end(await (await import('./commands/smoke.ts')).smoke(program, { names, ...options }));
    });
}

/** `lab help`, also for subcommands: `lab help sandbox start`. */
function helping(lab: Command, end: End): void {
  lab
    .command('help [command...]')
    .description('show what a command does, and its options')
    .action((names: string[]) => {
      let shown = lab;
      for (const name of names) {
        const named = shown.commands.find((each) => each.name() === name);
        if (named === undefined) throw unknownCommand(shown, name);
        shown = named;
      }
      shown.outputHelp();
      end(exitCode.fixed);
    });
}

/** `lab --labs FOLDER` without a command. */
function namesLabsOnly([option = '', ...more]: readonly string[]): boolean {
  return option === '--labs' ? more.length === 1 : option.startsWith('--labs=') && more.length === 0;
}

function versionOf(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}
