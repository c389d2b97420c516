import { LabError } from '../failures/errors.ts';
import { type AskForCode, askForCode } from './ask-for-code.ts';
import type { ChosenAws } from './chosen.ts';
import { type ClientOptions, createClients } from './clients.ts';
import { endpointIn } from './endpoint.ts';
import { type Environment, misleadingNames, quietCdk } from './environment.ts';
import { lasting, mfaSession, type Session } from './mfa.ts';
import { endpointOf } from './profiles.ts';
import { leaveOtherEndpoints, requireProfile, signIn } from './sign-in.ts';
import { spread } from './spread.ts';
import type { Target } from './target.ts';

export interface AwsTargetOptions extends Pick<ClientOptions, 'requestTimeout'> {
  /** Gets the account's identity before anything is done there. */
  readonly say: (message: string) => void;
  /** Asks for an MFA code if the profile requires one; at the terminal by default. */
  readonly ask?: AskForCode;
  /** The session of a profile that requires an MFA code, if one was already entered. */
  readonly session?: Session | undefined;
}

/**
 * Opens the AWS account chosen with `lab use aws`. Rejects with a LabError if signing in fails, or if the credentials
 * belong to another account.
 */
export async function awsTarget(
  chosen: ChosenAws,
  { say, ask = askForCode, session: known, ...more }: AwsTargetOptions,
): Promise<Target> {
  const { account, region, profile } = chosen;
  leaveOtherEndpoints(chosen);
  await requireProfile(profile);
  const endpoint = chosen.endpoint ?? (profile === undefined ? undefined : await endpointOf(profile));
  const place = { account, region, endpoint };
  const session = known ?? (await mfaSession({ profile, region, endpoint, ask }));
  const { clients, close } = createClients({
    region,
    ...more,
    profile,
    endpoint,
    credentials: session && lasting(session),
  });
  const title = titleOf(place);
  try {
    const who = await signIn(await clients.sts(), title, profile);
    if (who.account !== account) {
      throw new LabError(
        `These credentials belong to AWS account ${who.account}, but \`lab use aws\` chose ${account}. Nothing was touched in either.`,
        `Sign in to ${account}, or choose this one with \`npx lab use aws\`.`,
      );
    }
  } catch (error) {
    close();
    throw error;
  }
  say(`Working in ${title}${profile === undefined ? '' : `, with the profile ${profile}`}.`);
  return {
    kind: 'aws',
    title,
    region,
    profile,
    clients,
    environment: environmentOf({ ...chosen, ...place }, session),
    spread,
    cognitoEndpoint: endpoint === undefined ? endpointIn(await clients.cognito(), region) : new URL(endpoint).href,
    allowPage: async () => {},
    close: async () => close(),
  };
}

/** Returns the account's name in messages: `AWS account 111122223333 in us-east-1`. */
export function titleOf({ account, region, endpoint }: Pick<ChosenAws, 'account' | 'region' | 'endpoint'>): string {
  return `AWS account ${account} in ${region}${endpoint === undefined ? '' : ` at ${endpoint}`}`;
}

/** The environment that another program needs to use this account, and no other. */
export function environmentOf(
  { region, profile, endpoint }: Omit<ChosenAws, 'kind' | 'account'>,
  session?: Session,
): Environment {
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
    // With the profile, it would ask for another code.
    ...(session === undefined
      ? {}
      : {
          AWS_PROFILE: undefined,
          AWS_ACCESS_KEY_ID: session.accessKeyId,
          AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
          AWS_SESSION_TOKEN: session.sessionToken,
        }),
    ...quietCdk,
  };
}
