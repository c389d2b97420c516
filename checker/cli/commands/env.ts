import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { practiceEnvironment, practiceIdentity, runningAccount, usualPort } from '../../aws/practice.ts';
import { exitCode } from '../../failures/errors.ts';
import type { Program } from '../program.ts';

export type Shell = 'sh' | 'powershell' | 'cmd';

/** `lab env`: prints the variables that point a shell's AWS tools at the practice account. */
export async function env({ root, print, say }: Program, { shell = usualShell() }: { shell?: Shell }): Promise<number> {
  const identity = await practiceIdentity(root);
  const running = await runningAccount(root);
  if (running === undefined) {
    say(`No practice account is running at http://127.0.0.1:${usualPort}. Start one: \`npx lab sandbox start\`.`);
  }
  for (const [name, value] of Object.entries(practiceEnvironment(identity, running?.port ?? usualPort))) {
    print(value === undefined ? unset[shell](name) : set[shell](name, value));
  }
  print(addNodeOption[shell](`--import=${pathToFileURL(join(root, keySets)).href}`));
  return exitCode.fixed;
}

/**
 * Libraries that verify tokens read a user pool's key set at its AWS address, which no AWS variable redirects. This
 * does, for Node.js programs, and only while AWS_ENDPOINT_URL is set.
 */
const keySets = 'sandbox/services/cognito-idp/key-sets.mjs';

// The values are ours: addresses, base64 keys, words. None contains a quote.
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

/** The shell's own NODE_OPTIONS are kept. A file URL contains no space and no quote. */
const addNodeOption: Readonly<Record<Shell, (option: string) => string>> = {
  sh: (option) =>
    `export NODE_OPTIONS="\${NODE_OPTIONS:+$NODE_OPTIONS }${option.replaceAll('$', '%24').replaceAll('`', '%60')}"`,
  powershell: (option) =>
    `$env:NODE_OPTIONS = "$env:NODE_OPTIONS ${option.replaceAll('$', '%24').replaceAll('`', '%60')}".Trim()`,
  cmd: (option) => `set "NODE_OPTIONS=%NODE_OPTIONS% ${option.replaceAll('%', '%%')}"`,
};

/** On Windows, Git or MSYS shells set MSYSTEM, and cmd sets PROMPT; PowerShell sets neither. */
function usualShell(): Shell {
  if (process.platform !== 'win32' || process.env.MSYSTEM !== undefined) return 'sh';
  return process.env.PROMPT === undefined ? 'powershell' : 'cmd';
}
