import { LabError } from '../failures/errors.ts';
import type { ChosenAws } from './chosen.ts';
import { type ClientOptions, createClients } from './clients.ts';
import { endpointIn } from './endpoint.ts';
import { type Environment, misleadingNames, quietCdk } from './environment.ts';
import { endpointOf } from './profiles.ts';
import { leaveOtherEndpoints, requireProfile, signIn } from './sign-in.ts';
import { spread } from './spread.ts';
import type { Target } from './target.ts';

export interface AwsTargetOptions extends Pick<ClientOptions, 'requestTimeout'> {
  /** Told which account it is, before anything is done there. */
  readonly say: (message: string) => void;
}

/**
 * The AWS account that `lab use aws` named. Rejects with a LabError where nobody gets in, and where the credentials
 * lead to another account than the one that was named.
 */
export async function awsTarget(chosen: ChosenAws, { say, ...more }: AwsTargetOptions): Promise<Target> {
  const { account, region, profile } = chosen;
  leaveOtherEndpoints(chosen);
  await requireProfile(profile);
  const endpoint = chosen.endpoint ?? (profile === undefined ? undefined : await endpointOf(profile));
  const place = { account, region, endpoint };
  const { clients, close } = createClients({
    region,
    ...more,
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  const title = titleOf(place);
  try {
    const who = await signIn(await clients.sts(), title, profile);
    if (who.account !== account) {
      throw new LabError(
        `These credentials are of AWS account ${who.account}, and \`lab use aws\` named ${account}: nothing was touched in either.`,
        `Sign in to ${account}, or name this one by \`npx lab use aws\`.`,
      );
    }
  } catch (error) {
    close();
    throw error;
  }
  say(`Working in ${title}${profile === undefined ? '' : `, by the profile ${profile}`}.`);
  return {
    kind: 'aws',
    title,
    region,
    profile,
    clients,
    environment: environmentOf({ ...chosen, ...place }),
    spread,
    cognitoEndpoint: endpoint === undefined ? endpointIn(await clients.cognito(), region) : new URL(endpoint).href,
    allowPage: async () => {},
    close: async () => close(),
  };
}

/** What people call it: `AWS account 111122223333 in us-east-1`. */
export function titleOf({ account, region, endpoint }: Pick<ChosenAws, 'account' | 'region' | 'endpoint'>): string {
  return `AWS account ${account} in ${region}${endpoint === undefined ? '' : ` at ${endpoint}`}`;
}

/** What another program needs in its environment to come into this account, and into no other. */
export function environmentOf({ region, profile, endpoint }: Omit<ChosenAws, 'kind' | 'account'>): Environment {
  const elsewhere = misleadingNames().filter((name) => name.startsWith('AWS_ENDPOINT_URL_'));
  const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
  return {
    ...Object.fromEntries(elsewhere.map((name) => [name, undefined])),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...(profile === undefined
      ? {}
      : { ...Object.fromEntries(keys.map((name) => [name, undefined])), AWS_PROFILE: profile }),
    ...quietCdk,
  };
}
