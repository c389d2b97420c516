import type { STSClient } from '@aws-sdk/client-sts';
import { LabError } from '../failures/errors.ts';
import { explainFailure } from '../failures/failure.ts';
import type { ChosenAws } from './chosen.ts';
import { misleadingNames } from './environment.ts';
import { profileNames } from './profiles.ts';

/** By which door to come in. */
export type Door = Partial<Pick<ChosenAws, 'profile' | 'region' | 'endpoint'>>;

/** Who came in, and where. */
export interface SignedIn {
  readonly account: string;
  /** The caller's ARN. */
  readonly caller: string;
}

/**
 * From now on this process's SDK clients go where the door leads, whatever the shell was pointed at before: to AWS's
 * own addresses, or to those of the profile.
 */
export function leaveOtherEndpoints({ profile }: Door): void {
  delete process.env.AWS_ENDPOINT_URL;
  for (const name of misleadingNames()) if (name.startsWith('AWS_ENDPOINT_URL_')) delete process.env[name];
  if (profile === undefined) return;
  // The SDK takes a profile's own addresses only where the environment names it.
  process.env.AWS_PROFILE = profile;
  // A profile was named: keys in the environment are not what was meant.
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) delete process.env[name];
}

/** Rejects with a LabError where no profile of this machine has the name. */
export async function requireProfile(profile: string | undefined): Promise<void> {
  if (profile === undefined) return;
  const names = await profileNames();
  if (names.includes(profile)) return;
  throw new LabError(
    `This machine has no AWS profile named ${profile}.`,
    names.length === 0
      ? `It has none at all; \`aws configure sso --profile ${profile}\` makes one.`
      : `It has: ${names.join(', ')}. \`aws configure sso --profile ${profile}\` makes another.`,
  );
}

/** The region of the door: named, or else the environment's, or the profile's. Rejects with a LabError where none is. */
export async function regionOf({ region, profile }: Door): Promise<string> {
  if (region !== undefined) return region;
  const { STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient(profile === undefined ? {} : { profile });
  try {
    return await client.config.region();
  } catch (error) {
    throw new LabError(
      profile === undefined ? 'No region is set.' : `The profile ${profile} names no region.`,
      'Name one, for instance by `npx lab use aws --region eu-central-1`.',
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}

/** Asks AWS who is calling. Rejects with a LabError that says why it does not let anybody in, and what to do. */
export async function signIn(sts: STSClient, title: string, profile: string | undefined): Promise<SignedIn> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  try {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    // The SDK takes an answer of nothing for one that says nothing.
    if (!Account || !Arn) throw Object.assign(new Error('its answer names no account'), { name: 'NotFromAwsError' });
    return { account: Account, caller: Arn };
  } catch (error) {
    const { reason, next } = explainFailure(error, {
      kind: 'aws',
      title,
      profile,
    });
    throw new LabError(reason, next, { cause: error });
  }
}
