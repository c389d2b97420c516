import { exitCode } from '../errors.ts';
import type { Program } from '../program.ts';
import { practiceEnvironment, practiceIdentity, runningAccount, usualPort } from '../target/practice.ts';

export type Shell = 'sh' | 'powershell' | 'cmd';

/** `lab env`: prints the variables that point any AWS tool of a shell at the practice account. */
export async function env({ root, print, say }: Program, { shell = usualShell() }: { shell?: Shell }): Promise<number> {
  const identity = await practiceIdentity(root);
  const running = await runningAccount(root);
  if (running === undefined) {
    say(`No practice account is running at http://127.0.0.1:${usualPort}. Start one: npx lab sandbox start`);
  }
  for (const [name, value] of Object.entries(practiceEnvironment(identity, running?.port ?? usualPort))) {
    print(value === undefined ? unset[shell](name) : set[shell](name, value));
  }
  return exitCode.fixed;
}

// The values are ours: addresses, keys of base64, words. None holds a quote.
const set: Readonly<Record<Shell, (name: string, value: string) => string>> = {
  sh: (name, value) => `export ${name}='${value}'`,
  powershell: (name, value) => `$env:${name} = '${value}'`,
  cmd: (name, value) => `set "${name}=${value}"`,
};

const unset: Readonly<Record<Shell, (name: string) => string>> = {
  sh: (name) => `unset ${name}`,
  powershell: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
  cmd: (name) => `set "${name}="`,
};

/** On Windows, a shell of Git or MSYS says so by MSYSTEM, and cmd by PROMPT; PowerShell sets neither. */
function usualShell(): Shell {
  if (process.platform !== 'win32' || process.env.MSYSTEM !== undefined) return 'sh';
  return process.env.PROMPT === undefined ? 'powershell' : 'cmd';
}
