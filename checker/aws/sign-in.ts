import type { STSClient } from '@aws-sdk/client-sts';
import { LabError } from '../failures/errors.ts';
import { explainFailure } from '../failures/failure.ts';
import type { ChosenAws } from './chosen.ts';
import { misleadingNames } from './environment.ts';
import { profileNames } from './profiles.ts';

/** Which credentials and endpoint to use. */
export type Door = Partial<Pick<ChosenAws, 'profile' | 'region' | 'endpoint'>>;

/** The caller's identity, and where it signed in. */
export interface SignedIn {
  readonly account: string;
  /** The caller's ARN. */
  readonly caller: string;
}

/**
 * Makes this process's SDK clients use the chosen account from now on, whatever the shell pointed at before: at AWS's
 * own addresses, or at the profile's.
 */
export function leaveOtherEndpoints({ profile }: Door): void {
  delete process.env.AWS_ENDPOINT_URL;
  for (const name of misleadingNames()) if (name.startsWith('AWS_ENDPOINT_URL_')) delete process.env[name];
  if (profile === undefined) return;
  // The SDK uses a profile's own addresses only if the environment names the profile.
  process.env.AWS_PROFILE = profile;
  // A profile was chosen, so keys in the environment are not meant.
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) delete process.env[name];
}

/** Rejects with a LabError if this machine has no profile with that name. */
export async function requireProfile(profile: string | undefined): Promise<void> {
  if (profile === undefined) return;
  const names = await profileNames();
  if (names.includes(profile)) return;
  throw new LabError(
    `This machine has no AWS profile named ${profile}.`,
    names.length === 0
      ? `It has none at all; \`aws configure sso --profile ${profile}\` creates one.`
      : `It has: ${names.join(', ')}. \`aws configure sso --profile ${profile}\` creates another.`,
  );
}

/**
 * Returns the region: the chosen one, or the environment's, or the profile's. Rejects with a LabError if there is none.
 */
export async function regionOf({ region, profile }: Door): Promise<string> {
  if (region !== undefined) return region;
  const { STSClient } = await import('./sdk/sts.ts');
  const client = new STSClient({ profile });
  try {
    return await client.config.region();
  } catch (error) {
    throw new LabError(
      profile === undefined ? 'No region is set.' : `The profile ${profile} has no region.`,
      'Choose one, for example with `npx lab use aws --region eu-central-1`.',
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}

/** Asks AWS who is calling. Rejects with a LabError that says why that failed, and what to do. */
export async function signIn(sts: STSClient, title: string, profile: string | undefined): Promise<SignedIn> {
  const { GetCallerIdentityCommand } = await import('./sdk/sts.ts');
  try {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    // The SDK parses an empty answer as one without members.
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
