import { titleOf } from '../../aws/aws.ts';
import { type ChosenAws, chosenTarget, keepChosen } from '../../aws/chosen.ts';
import { createClients } from '../../aws/clients.ts';
import { practiceIdentity, practiceTitle } from '../../aws/practice.ts';
import { endpointOf } from '../../aws/profiles.ts';
import { leaveOtherEndpoints, regionOf, requireProfile, signIn } from '../../aws/sign-in.ts';
import { exitCode, LabError, UsageError } from '../../failures/errors.ts';
import { wrapping } from '../../report/wrap.ts';
import type { Program } from '../program.ts';

export interface UseOptions {
  /** Which account; undefined only tells which one it is. */
  readonly which: 'practice' | 'aws' | undefined;
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
}

/** `lab use [practice | aws]`: names the account that every command works in from now on, and keeps it in `.lab/target.json`. */
export async function use(program: Program, options: UseOptions): Promise<number> {
  const print = wrapping(program.print, process.stdout);
  if (options.which !== 'aws') {
    const stray = (['profile', 'region', 'endpointUrl'] as const).find((name) => options[name] !== undefined);
    if (stray !== undefined) {
      throw new UsageError(`--${stray === 'endpointUrl' ? 'endpoint-url' : stray} belongs to \`lab use aws\`.`, '');
    }
  }
  if (options.which === undefined) return tell(program.root, print);
  if (options.which === 'aws') return useAws(program, options, print);
  const before = await chosenTarget(program.root).catch(() => undefined);
  await keepChosen(program.root, { kind: 'practice' });
  print('Every command works in the practice account from now on: on this machine, at no cost.');
  if (before?.kind === 'aws') {
    print(
      `What is deployed in ${titleOf(before)} stays there, and may cost: \`npx lab use aws\` and \`npx lab destroy --all\` take it away.`,
    );
  }
  return exitCode.fixed;
}

async function tell(root: string, print: (line: string) => void): Promise<number> {
  const chosen = await chosenTarget(root);
  if (chosen.kind === 'practice') print(`Every command works in ${practiceTitle}.`);
  else print(`Every command works in ${titleOf(chosen)}${byProfile(chosen.profile)}.`);
  return exitCode.fixed;
}

/** Nothing is kept unless AWS let the learner in: the choice names the account, and only AWS knows which one it is. */
async function useAws({ root, say }: Program, options: UseOptions, print: (line: string) => void): Promise<number> {
  const { endpointUrl: endpoint, profile = process.env.AWS_PROFILE || undefined } = options;
  requireAddress(endpoint);
  const { AWS_ENDPOINT_URL: other } = process.env;
  if (endpoint === undefined && profile === undefined) await requireOwnKeys(root);
  const named = { profile, endpoint };
  leaveOtherEndpoints(named);
  await requireProfile(profile);
  const region = await regionOf({ ...named, ...(options.region === undefined ? {} : { region: options.region }) });
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) {
    throw new UsageError(`${region} is not the name of a region.`, 'One is called, for instance, eu-central-1.');
  }
  const { clients, close } = createClients({ ...named, region });
  try {
    const at = endpoint ?? (profile === undefined ? undefined : await endpointOf(profile));
    const title = at === undefined ? `AWS in ${region}` : `AWS in ${region} at ${at}`;
    const { account, caller } = await signIn(await clients.sts(), title, profile);
    const chosen: ChosenAws = { kind: 'aws', account, region, ...named };
    await keepChosen(root, chosen);
    const place = at === undefined ? chosen : { ...chosen, endpoint: at };
    print(`Every command works in ${titleOf(place)}${byProfile(profile)} from now on, as ${caller}.`);
    print('What you deploy there is real and may cost a little: docs/aws.md. `npx lab doctor` says what is missing.');
    print('`npx lab use practice` goes back to the practice account.');
    if (other !== undefined && other !== endpoint) {
      say(`AWS_ENDPOINT_URL (${other}) is not followed: \`npx lab use aws --endpoint-url ${other}\` would.`);
    }
    return exitCode.fixed;
  } finally {
    close();
  }
}

/** `eval "$(npx lab env)"` leaves the practice account's keys in the shell; AWS does not know them. */
async function requireOwnKeys(root: string): Promise<void> {
  const { AWS_ACCESS_KEY_ID } = process.env;
  if (AWS_ACCESS_KEY_ID === undefined || (await practiceIdentity(root)).accessKeyId !== AWS_ACCESS_KEY_ID) return;
  throw new LabError(
    'The access keys of this shell are those of the practice account.',
    'Use a new shell, or name a profile: `npx lab use aws --profile NAME`.',
  );
}

function requireAddress(endpoint: string | undefined): void {
  if (endpoint === undefined || (/^https?:/.test(endpoint) && URL.canParse(endpoint))) return;
  throw new UsageError(`${endpoint} is not an address.`, 'One begins with http:// or https://.');
}

function byProfile(profile: string | undefined): string {
  return profile === undefined ? '' : `, by the profile ${profile}`;
}
