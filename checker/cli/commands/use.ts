import { askForCode } from '../../aws/ask-for-code.ts';
import { titleOf } from '../../aws/aws.ts';
import { type ChosenAws, chosenTarget, keepChosen } from '../../aws/chosen.ts';
import { createClients } from '../../aws/clients.ts';
import { lasting, mfaSession } from '../../aws/mfa.ts';
import { practiceIdentity, practiceTitle } from '../../aws/practice.ts';
import { endpointOf } from '../../aws/profiles.ts';
import { leaveOtherEndpoints, regionOf, requireProfile, signIn } from '../../aws/sign-in.ts';
import { exitCode, LabError, UsageError } from '../../failures/errors.ts';
import { wrapping } from '../../report/wrap.ts';
import type { Program } from '../program.ts';

export interface UseOptions {
  /** The account to use; undefined only prints the current one. */
  readonly which: 'practice' | 'aws' | undefined;
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
}

/**
 * `lab use [practice | aws]`: chooses the account that every command uses from now on, and saves that in
 * `.lab/target.json`.
 */
export async function use(program: Program, options: UseOptions): Promise<number> {
  const print = wrapping(program.print, process.stdout);
  if (options.which !== 'aws') {
    const stray = (['profile', 'region', 'endpointUrl'] as const).find((name) => options[name] !== undefined);
    if (stray !== undefined) {
      throw new UsageError(
        `--${stray === 'endpointUrl' ? 'endpoint-url' : stray} only works with \`lab use aws\`.`,
        '',
      );
    }
  }
  if (options.which === undefined) return tell(program.root, print);
  if (options.which === 'aws') return useAws(program, options, print);
  const before = await chosenTarget(program.root).catch(() => undefined);
  await keepChosen(program.root, { kind: 'practice' });
  print('Commands now use the practice account: on this machine, at no cost.');
  if (before?.kind === 'aws') {
    print(
      `What you deployed to ${titleOf(before)} stays there and may cost money. To delete it: \`npx lab use aws\`, then \`npx lab destroy --all\`.`,
    );
  }
  return exitCode.fixed;
}

async function tell(root: string, print: (line: string) => void): Promise<number> {
  const chosen = await chosenTarget(root);
  if (chosen.kind === 'practice') print(`Commands use ${practiceTitle}.`);
  else print(`Commands use ${titleOf(chosen)}${byProfile(chosen.profile)}.`);
  return exitCode.fixed;
}

/** Nothing is saved unless signing in to AWS works: the choice includes the account number, which only AWS knows. */
async function useAws({ root, say }: Program, options: UseOptions, print: (line: string) => void): Promise<number> {
  const { endpointUrl: endpoint, profile = process.env.AWS_PROFILE || undefined } = options;
  requireAddress(endpoint);
  const { AWS_ENDPOINT_URL: other } = process.env;
  if (endpoint === undefined && profile === undefined) await requireOwnKeys(root);
  const named = { profile, endpoint };
  leaveOtherEndpoints(named);
  await requireProfile(profile);
  const region = await regionOf({ ...named, region: options.region });
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) {
    throw new UsageError(`${region} is not the name of a region.`, 'An example is eu-central-1.');
  }
  const at = endpoint ?? (profile === undefined ? undefined : await endpointOf(profile));
  const session = await mfaSession({ profile, region, endpoint: at, ask: askForCode });
  const { clients, close } = createClients({ ...named, region, credentials: session && lasting(session) });
  try {
    const title = at === undefined ? `AWS in ${region}` : `AWS in ${region} at ${at}`;
    const { account, caller } = await signIn(await clients.sts(), title, profile);
    const chosen: ChosenAws = { kind: 'aws', account, region, ...named };
    await keepChosen(root, chosen);
    print(`Commands now use ${titleOf({ ...chosen, endpoint: at })}${byProfile(profile)}, as ${caller}.`);
    print("What you deploy there is real and may cost a little: docs/aws.md. `npx lab doctor` shows what's missing.");
    print('`npx lab use practice` goes back to the practice account.');
    if (other !== undefined && other !== endpoint) {
      say(`AWS_ENDPOINT_URL (${other}) is ignored. To use it: \`npx lab use aws --endpoint-url ${other}\`.`);
    }
    return exitCode.fixed;
  } finally {
    close();
  }
}

/** `eval "$(npx lab env)"` leaves the practice account's keys in the shell, and AWS doesn't know them. */
async function requireOwnKeys(root: string): Promise<void> {
  const { AWS_ACCESS_KEY_ID } = process.env;
  if (AWS_ACCESS_KEY_ID === undefined || (await practiceIdentity(root)).accessKeyId !== AWS_ACCESS_KEY_ID) return;
  throw new LabError(
    "This shell has the practice account's access keys.",
    'Use a new shell, or choose a profile: `npx lab use aws --profile NAME`.',
  );
}

function requireAddress(endpoint: string | undefined): void {
  if (endpoint === undefined || (/^https?:/.test(endpoint) && URL.canParse(endpoint))) return;
  throw new UsageError(`${endpoint} is not an address.`, 'It has to begin with http:// or https://.');
}

function byProfile(profile: string | undefined): string {
  return profile === undefined ? '' : `, with the profile ${profile}`;
}
