import { Argument, type Command, Option } from 'commander';
import type { SandboxStartOptions } from './commands/sandbox.ts';
import type { UseOptions } from './commands/use.ts';
import { inSentences } from './in-sentences.ts';
import { port, seed, weather } from './option-values.ts';
import type { Program } from './program.ts';

/**
 * Adds the commands that choose the account, find problems with it, and control the practice account. `end` gets the
 * result of the called command.
 */
export function accountCommands(lab: Command, program: Program, end: (code: number) => void): void {
  lab
    .command('use')
    .description('choose the account: the practice account, or your own on AWS')
    .addArgument(new Argument('[which]', 'the account; without it, show the current one').choices(['practice', 'aws']))
    .option('--profile <name>', 'the AWS profile to use')
    .option('--region <region>', "the region; by default the profile's or the environment's")
    .option('--endpoint-url <url>', "the address of the account's services, if not AWS's")
    .action(async (which: 'practice' | 'aws' | undefined, options: Omit<UseOptions, 'which'>) => {
      end(await (await import('./commands/use.ts')).use(program, { which, ...options }));
    });
  lab
    .command('doctor')
    .description('find problems on this machine and in the account, as text that you can paste into an issue')
    .option('--policy', 'print the least-privilege policy for the checker on AWS as JSON, and nothing else')
    .action(async (options: { policy?: boolean }) => {
      end(await (await import('./commands/doctor.ts')).doctor(program, options));
    });
  const load = () => import('./commands/sandbox.ts');
  const shown = inSentences(program);
  const sandbox = lab.command('sandbox').description('control the practice account directly').helpCommand(false);
  sandbox
    .command('start')
    .description('start the practice account in the background')
    .option('--port <port>', 'the port to listen on', port)
    .addOption(weather())
    .addOption(seed())
    .action(async (options: SandboxStartOptions) => end(await (await load()).sandboxStart(shown, options)));
  sandbox
    .command('status')
    .description("show where the practice account is and what is deployed in it; exits with 1 if it isn't running")
    .action(async () => end(await (await load()).sandboxStatus(shown)));
  sandbox
    .command('reset')
    .description('delete everything in the practice account; your files stay')
    .option('--yes', 'delete without asking')
    .action(async (options: { yes?: boolean }) => end(await (await load()).sandboxReset(shown, options)));
  sandbox
    .command('stop')
    .description('stop the practice account, and keep what is deployed in it')
    .action(async () => end(await (await load()).sandboxStop(shown)));
  lab
    .command('env')
    .description('print variables that point AWS tools at the practice account: eval "$(npx lab env)"')
    .addOption(new Option('--shell <shell>', 'the syntax to use').choices(['sh', 'powershell', 'cmd']))
    .action(async (options: { shell?: 'sh' | 'powershell' | 'cmd' }) => {
      end(await (await import('./commands/env.ts')).env(program, options));
    });
}
