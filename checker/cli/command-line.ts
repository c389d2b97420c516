import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { requireFolders } from '../failures/file-failure.ts';
import { wrapping } from '../report/wrap.ts';
import { labsVariable } from '../workshop/own-labs/home.ts';
import type { ProveCommandOptions } from './commands/prove.ts';
import type { SandboxStartOptions } from './commands/sandbox.ts';
import type { UseOptions } from './commands/use.ts';
import { gameDayCommands } from './game-day-commands.ts';
import { formatItem } from './help.ts';
import { port, seed, weather } from './option-values.ts';
import type { Program } from './program.ts';

/** Told what the command that was called ends with. */
type End = (code: number) => void;

/** What can be called, and with what. Each command is loaded when it is called. */
export function commandLine(program: Program, end: End): Command {
  const lab = new Command('lab')
    .description('Repair a chat room, one fault at a time. Without a command: where you are, and what to do next.')
    .helpCommand('help [command]', 'what a command does, and with what options')
    .version(versionOf(program.root), '-v, --version', 'the version of the workshop')
    .addOption(
      new Option('--labs <folder>', 'labs of your own beside those of the workshop: docs/instructors.md').env(
        labsVariable,
      ),
    )
    .helpOption('-h, --help', 'this page')
    .configureHelp({ formatItem, minWidthToWrap: 10 })
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .hook('preAction', async (_lab, command) => {
      // Whoever reads JSON gets it whatever happens.
      if (command.opts().json !== true) requireFolders(program.root);
      const { labs } = lab.opts<{ labs?: string }>();
      if (labs !== undefined) await (await import('../workshop/own-labs/take.ts')).takeOwnLabs(program, labs);
    });
  // As `lab` by itself; otherwise a word that is no command is told as such.
  if (namesLabsOnly(process.argv.slice(2)))
    lab.action(async () => end(await (await import('./commands/home.ts')).home(program)));
  lab.commandsGroup('Work on labs:');
  learning(lab, program, end);
  filing(lab, inSentences(program), end);
  gameDayCommands(lab, program, end);
  lab.commandsGroup('The account:');
  account(lab, program, end);
  lab.commandsGroup('Teach:');
  teaching(lab, program, end);
  lab.commandsGroup('Write labs:');
  authoring(lab, program, end);
  return lab;
}

/** The same program, whose lines keep to the width of the terminal. Not for what is copied from it, or read by a program. */
function inSentences(program: Program): Program {
  return { ...program, print: wrapping(program.print, process.stdout) };
}

/** Deploying a lab, looking at it, and being helped with it. */
function learning(lab: Command, program: Program, end: End): void {
  lab
    .command('start [lab]')
    .description('deploy a lab, serve its chat page, and deploy and check again on every save')
    .option('--once', 'end after the first verdict, with its exit code')
    .option('--port <port>', 'the port of the practice account', port)
    .action(async (name: string | undefined, options: { once?: boolean; port?: number }) => {
      end(await (await import('./commands/start.ts')).start(program, { lab: name, ...options }));
    });
  lab
    .command('list')
    .description('the labs, and which are fixed')
    .action(async () => end(await (await import('./commands/list.ts')).list(program)));
  lab
    .command('deploy [lab]')
    .description('deploy a lab with the CDK')
    .option('--all', 'all labs, one after the other')
    .action(async (name: string | undefined, options: { all?: boolean }) => {
      end(await (await import('./commands/deploy.ts')).deploy(program, { lab: name, ...options }));
    });
  lab
    .command('check [labs...]')
    .description('check the deployed room and show what is right and wrong')
    .option('--all', 'all labs')
    .option('--json', 'one JSON document and nothing else')
    .option('--junit <file>', 'write a JUnit report as well')
    .option('--html <file>', 'write a page as well')
    .action(async (names: string[], options: { all?: boolean; json?: boolean; junit?: string; html?: string }) => {
      end(await (await import('./commands/check.ts')).check(program, { names, ...options }));
    });
  lab
    .command('hint [lab]')
    .description('the next hint for what fails first')
    .option('--all', 'the hints given so far, again')
    .action(async (name: string | undefined, options: { all?: boolean }) => {
      end(await (await import('./commands/hint.ts')).hint(program, { lab: name, ...options }));
    });
  lab
    .command('scene [lab]')
    .description('play the complaint in the deployed room')
    .action(async (name: string | undefined) => {
      end(await (await import('./commands/scene.ts')).scene(program, { lab: name }));
    });
  lab
    .command('open [lab]')
    .description('serve the chat page and the console of the deployed room until Ctrl-C')
    .action(async (name: string | undefined) => {
      end(await (await import('./commands/open.ts')).open(program, { lab: name }));
    });
  lab
    .command('trace [lab]')
    .description('the path of the newest message through the room, and who refused it')
    .option('--follow', 'print each one as it comes, until Ctrl-C')
    .option('--request <id>', 'the one with this request id, as an error frame in the room names it')
    .option('--json', 'JSON, one document a line')
    .action(async (name: string | undefined, options: { follow?: boolean; request?: string; json?: boolean }) => {
      end(await (await import('./commands/trace.ts')).trace(program, { lab: name, ...options }));
    });
  lab
    .command('logs [lab]')
    .description('what the functions of a lab logged')
    .option('--follow', 'print lines as they come, until Ctrl-C')
    .option('--request <id>', 'only the lines of this request, as an error frame in the room names it')
    .action(async (name: string | undefined, options: { follow?: boolean; request?: string }) => {
      end(await (await import('./commands/logs.ts')).logs(program, { lab: name, ...options }));
    });
  lab
    .command('destroy [lab]')
    .description('delete a lab from the account; your files stay')
    .option('--all', 'all labs')
    .option('--yes', 'delete without asking')
    .action(async (name: string | undefined, options: { all?: boolean; yes?: boolean }) => {
      end(await (await import('./commands/destroy.ts')).destroy(program, { lab: name, ...options }));
    });
}

/** What a learner did to the files of a lab, and having them back. */
function filing(lab: Command, program: Program, end: End): void {
  lab
    .command('diff [lab]')
    .description('show your changes; once the lab is fixed, also how the solution differs')
    .option('--solution', 'how the solution differs from your work, also before it is fixed')
    .action(async (name: string | undefined, options: { solution?: boolean }) => {
      end(await (await import('./commands/diff.ts')).diff(program, { lab: name, ...options }));
    });
  lab
    .command('reset [labs...]')
    .description('reset labs to their start or solution; your files are kept first')
    .option('--all', 'all labs')
    .addOption(new Option('--to <version>', 'which version').choices(['start', 'solution']).default('start'))
    .action(async (names: string[], options: { all?: boolean; to: 'start' | 'solution' }) => {
      end(await (await import('./commands/reset.ts')).reset(program, { names, ...options }));
    });
  lab
    .command('undo [which]')
    .description('restore what the last reset replaced, or an earlier one')
    .option('--list', 'what is kept, the newest first')
    .action(async (which: string | undefined, options: { list?: boolean }) => {
      end(await (await import('./commands/undo.ts')).undo(program, { which, ...options }));
    });
  lab
    .command('update')
    .description('update the workshop and keep your changes in labs/')
    .action(async () => end(await (await import('./commands/update.ts')).update(program)));
}

/** Which account is worked in, what stands in the way of it, and the practice account by itself. */
function account(lab: Command, program: Program, end: End): void {
  lab
    .command('use')
    .description('choose the account: the practice account, or your own on AWS')
    .addArgument(
      new Argument('[which]', 'which account; without it, says which one it is').choices(['practice', 'aws']),
    )
    .option('--profile <name>', 'the AWS profile to use')
    .option('--region <region>', 'the region; else the one of the profile or the environment')
    .option('--endpoint-url <url>', 'where the services of the account are, if not at AWS')
    .action(async (which: 'practice' | 'aws' | undefined, options: Omit<UseOptions, 'which'>) => {
      end(await (await import('./commands/use.ts')).use(program, { which, ...options }));
    });
  lab
    .command('doctor')
    .description('find problems on this machine and in the account, in a form to paste into an issue')
    .option('--policy', 'the least policy that the checker needs in AWS, as JSON, and nothing else')
    .action(async (options: { policy?: boolean }) => {
      end(await (await import('./commands/doctor.ts')).doctor(program, options));
    });
  const load = () => import('./commands/sandbox.ts');
  const shown = inSentences(program);
  const sandbox = lab.command('sandbox').description('run the practice account without a lab').helpCommand(false);
  sandbox
    .command('start')
    .description('start it in the background')
    .option('--port <port>', 'the port to listen on', port)
    .addOption(weather())
    .addOption(seed())
    .action(async (options: SandboxStartOptions) => end(await (await load()).sandboxStart(shown, options)));
  sandbox
    .command('status')
    .description('where it is and what is deployed in it; exits with 1 if it is not running')
    .action(async () => end(await (await load()).sandboxStatus(shown)));
  sandbox
    .command('reset')
    .description('delete everything in it; your files stay')
    .action(async () => end(await (await load()).sandboxReset(shown)));
  sandbox
    .command('stop')
    .description('stop it; what is deployed in it is kept')
    .action(async () => end(await (await load()).sandboxStop(shown)));
  lab
    .command('env')
    .description('variables that point AWS tools at the practice account: eval "$(npx lab env)"')
    .addOption(new Option('--shell <shell>', 'whose syntax').choices(['sh', 'powershell', 'cmd']))
    .action(async (options: { shell?: 'sh' | 'powershell' | 'cmd' }) => {
      end(await (await import('./commands/env.ts')).env(program, options));
    });
}

/** For those who teach the workshop. */
function teaching(lab: Command, program: Program, end: End): void {
  lab
    .command('demo <lab>')
    .description('show a class the lab broken, then repaired, in an account of its own; your files stay')
    .action(async (name: string) => {
      end(await (await import('./commands/demo.ts')).demo(program, { lab: name }));
    });
  lab
    .command('grade [labs...]')
    .description('check the labs of a class and list who fixed which')
    .requiredOption('--roster <file>', 'who: CSV with name and folder, or with name, profile and region')
    .option('--csv <file>', 'write the grades as CSV')
    .option('--json', 'one JSON document and nothing else')
    .option('--yes', 'run the code in graded folders without asking')
    .action(async (names: string[], options: { roster: string; csv?: string; json?: boolean; yes?: boolean }) => {
      end(await (await import('./commands/grade.ts')).grade(program, { names, ...options }));
    });
}

/** For those who make labs. */
function authoring(lab: Command, program: Program, end: End): void {
  lab
    .command('prove [labs...]')
    .description('prove that start, solution, repairs and shortcuts of a lab do what they should')
    .option('--write', 'write labs/ from solutions/ and exit')
    .option('--only <word>', 'only the variants with this in their name')
    .option('--junit <file>', 'write the proof as JUnit XML')
    .addOption(weather())
    .addOption(seed())
    .action(async (names: string[], options: Omit<ProveCommandOptions, 'names'>) => {
      end(await (await import('./commands/prove.ts')).prove(program, { names, ...options }));
    });
  lab
    .command('smoke [labs...]')
    .description('deploy each lab to your AWS account, check it, delete it, and report surprises')
    .option('--yes', 'start without asking')
    .option('--practice', 'in a practice account of its own, to try the test itself')
    .action(async (names: string[], options: { yes?: boolean; practice?: boolean }) => {
      end(await (await import('./commands/smoke.ts')).smoke(program, { names, ...options }));
    });
}

/** `lab --labs FOLDER`, and no command. */
function namesLabsOnly([option = '', ...more]: readonly string[]): boolean {
  return option === '--labs' ? more.length === 1 : option.startsWith('--labs=') && more.length === 0;
}

function versionOf(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}
