import { LabError } from '../errors.ts';
import { createClients } from './clients.ts';
import { quietCdk } from './environment.ts';
import type { Target } from './target.ts';

/** IAM and deployments spread slowly on AWS: a check that fails looks again for this long, in milliseconds. */
const spread = 60_000;

/** The learner's own AWS account, as `.lab/target.json` names it: a profile, or what the environment holds, in one region. */
export async function awsTarget({ profile, region }: { profile?: string; region: string }): Promise<Target> {
  // Whoever chose AWS means AWS, whatever the shell was pointed at before.
  delete process.env.AWS_ENDPOINT_URL;
  const { clients, close } = createClients({ region, ...(profile === undefined ? {} : { profile }) });
  const account = await accountOf(clients, profile);
  return {
    kind: 'aws',
    title: `AWS account ${account} in ${region}`,
    region,
    clients,
    environment: {
      AWS_ENDPOINT_URL: undefined,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      ...(profile === undefined ? {} : { AWS_PROFILE: profile }),
      ...quietCdk,
    },
    spread,
    allowPage: async () => {},
    close: async () => close(),
  };
}

async function accountOf(clients: Target['clients'], profile: string | undefined): Promise<string> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  try {
    const sts = await clients.sts();
    const { Account = 'unknown' } = await sts.send(new GetCallerIdentityCommand({}));
    return Account;
  } catch (error) {
    throw new LabError(
      `AWS does not let you in: ${(error as Error).message}`,
      profile === undefined
        ? 'Sign in, for instance with `aws login` or `aws sso login`.'
        : `Sign in with the profile, for instance by \`aws sso login --profile ${profile}\`.`,
      { cause: error },
    );
  }
}
