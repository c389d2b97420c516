import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { requireFolders } from './file-failure.ts';
import type { Program } from './program.ts';

/** Told what the command that was called ends with. */
type End = (code: number) => void;

/** What can be called, and with what. Each command is loaded when it is called. */
export function commandLine(program: Program, end: End): Command {
  const lab = new Command('lab')
    .description('Repair a chat room, one fault at a time. Without a command: where you are, and what to do next.')
    .helpCommand('help [command]', 'what a command does, and with what options')
    .version(versionOf(program.root), '-v, --version', 'the version of the workshop')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .hook('preAction', (_lab, command) => {
      // Whoever reads JSON gets it whatever happens.
      if (command.opts().json !== true) requireFolders(program.root);
    });
  learning(lab, program, end);
  filing(lab, program, end);
  account(lab, program, end);
  authoring(lab, program, end);
  return lab;
}

/** Deploying a lab, looking at it, and being helped with it. */
function learning(lab: Command, program: Program, end: End): void {
  lab
    .command('start [lab]')
    .description('the account, the lab deployed, the chat page; on save it deploys and checks again')
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
    .action(async (name: string | undefined) => {
      end(await (await import('./commands/deploy.ts')).deploy(program, { lab: name }));
    });
  lab
    .command('check [labs...]')
    .description('look at the deployed room and say what is right and wrong with it')
    .option('--all', 'all labs')
    .option('--json', 'one JSON document and nothing else')
    .option('--junit <file>', 'write a JUnit report as well')
    .option('--html <file>', 'write a page as well')
    .action(async (names: string[], options: { all?: boolean; json?: boolean; junit?: string; html?: string }) => {
      end(await (await import('./commands/check.ts')).check(program, { names, ...options }));
    });
  lab
    .command('hint [lab]')
    .description('one hint more for what fails first')
    .action(async (name: string | undefined) => {
      end(await (await import('./commands/hint.ts')).hint(program, { lab: name }));
    });
  lab
    .command('open [lab]')
    .description('the chat page of the deployed room, until Ctrl-C')
    .action(async (name: string | undefined) => {
      end(await (await import('./commands/open.ts')).open(program, { lab: name }));
    });
  lab
    .command('destroy [lab]')
    .description('take a lab out of the account; your files stay')
    .action(async (name: string | undefined) => {
      end(await (await import('./commands/destroy.ts')).destroy(program, { lab: name }));
    });
}

/** What a learner did to the files of a lab, and having them back. */
function filing(lab: Command, program: Program, end: End): void {
  lab
    .command('diff [lab]')
    .description('what you changed since the lab was shipped')
    .action(async (name: string | undefined) => {
      end(await (await import('./commands/diff.ts')).diff(program, { lab: name }));
    });
  lab
    .command('reset [labs...]')
    .description('put labs back to their start, or on to their solution; what was there is kept first')
    .option('--all', 'all labs')
    .addOption(new Option('--to <version>', 'which version').choices(['start', 'solution']).default('start'))
    .action(async (names: string[], options: { all?: boolean; to: 'start' | 'solution' }) => {
      end(await (await import('./commands/reset.ts')).reset(program, { names, ...options }));
    });
  lab
    .command('undo [which]')
    .description('put back what the last reset replaced, or an earlier one of the list')
    .option('--list', 'what is kept, the newest first')
    .action(async (which: string | undefined, options: { list?: boolean }) => {
      end(await (await import('./commands/undo.ts')).undo(program, { which, ...options }));
    });
}

/** The practice account by itself. */
function account(lab: Command, program: Program, end: End): void {
  const load = () => import('./commands/sandbox.ts');
  const sandbox = lab.command('sandbox').description('the practice account by itself').helpCommand(false);
  sandbox
    .command('start')
    .description('start it in the background')
    .option('--port <port>', 'the port to listen on', port)
    .action(async (options: { port?: number }) => end(await (await load()).sandboxStart(program, options)));
  sandbox
    .command('status')
    .description('where it is and what is deployed in it; ends with 1 when it is not running')
    .action(async () => end(await (await load()).sandboxStatus(program)));
  sandbox
    .command('reset')
    .description('make it anew: what is deployed in it goes, your files stay')
    .action(async () => end(await (await load()).sandboxReset(program)));
  sandbox
    .command('stop')
    .description('end it; what is deployed in it is kept')
    .action(async () => end(await (await load()).sandboxStop(program)));
  lab
    .command('env')
    .description('the variables that point an AWS tool at the practice account: eval "$(npx lab env)"')
    .addOption(new Option('--shell <shell>', 'whose syntax').choices(['sh', 'powershell', 'cmd']))
    .action(async (options: { shell?: 'sh' | 'powershell' | 'cmd' }) => {
      end(await (await import('./commands/env.ts')).env(program, options));
    });
}

/** For those who make labs. */
function authoring(lab: Command, program: Program, end: End): void {
  lab
    .command('prove [labs...]')
    .description('for authors: start, solution, repairs and shortcuts of a lab do what they should')
    .option('--write', 'make labs/ anew from solutions/, and end')
    .option('--only <word>', 'only the variants with this in their name')
    .action(async (names: string[], options: { write?: boolean; only?: string }) => {
      end(await (await import('./commands/prove.ts')).prove(program, { names, ...options }));
    });
}

function versionOf(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

function port(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number < 65536) return number;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
