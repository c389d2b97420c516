import { partitionOf } from '../aws/partition.ts';
import type { Target } from '../aws/target.ts';
import { bootstrapQualifiers } from '../workshop/bootstrap-qualifiers.ts';

/**
 * Describes the CDK's bootstrap, line by line: what it is, and how to delete it. It stays, because every CDK program in
 * the account and region uses it. Empty if there is none.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export async function bootstrapLeft(target: Target, root: string): Promise<string[]> {
  const stays = "The CDK's bootstrap stays";
  if (target.kind === 'practice') {
    return [`${stays}: its bucket, roles and SSM parameter. \`npx lab sandbox reset\` creates a new practice account.`];
  }
  const lines: string[] = [];
  for (const qualifier of await bootstrapQualifiers(root)) lines.push(...(await leftOf(target, qualifier)));
  return lines;
}

async function leftOf(target: Target, qualifier: string): Promise<string[]> {
  const stays = "The CDK's bootstrap stays";
  const account = await bootstrapped(target, qualifier);
  if (account === undefined) return [];
  const { region } = target;
  const [bucket, repository] = ['assets', 'container-assets'].map(
    (what) => `cdk-${qualifier}-${what}-${account}-${region}`,
  );
  const where = `--region ${region}${target.profile === undefined ? '' : ` --profile ${target.profile}`}`;
  const versions = `aws s3api list-object-versions --bucket ${bucket} --output json --query '{Objects: Versions[].{Key: Key, VersionId: VersionId}}' ${where}`;
  return [
    `${stays}, because other CDK programs in ${target.title} may use it: the stack CDKToolkit, with the bucket ${bucket}, the repository ${repository}, the roles arn:${await partitionOf(region)}:iam::${account}:role/cdk-${qualifier}-*-${account}-${region} and the SSM parameter /cdk-bootstrap/${qualifier}/version.`,
    "It costs only the storage of the bucket's files. If you have nothing else there that uses the CDK, this deletes it:",
    `  aws cloudformation delete-stack --stack-name CDKToolkit ${where}`,
    `  aws s3api delete-objects --bucket ${bucket} --delete "$(${versions})" ${where}`,
    `  aws s3api delete-bucket --bucket ${bucket} ${where}`,
  ];
}

/** The account's number if it has a bootstrap, or if the credentials aren't allowed to ask. */
async function bootstrapped({ clients }: Target, qualifier: string): Promise<string | undefined> {
  const [{ GetParameterCommand }, { GetCallerIdentityCommand }] = await Promise.all([
    import('../aws/sdk/ssm.ts'),
    import('../aws/sdk/sts.ts'),
  ]);
  try {
    await (await clients.ssm()).send(new GetParameterCommand({ Name: `/cdk-bootstrap/${qualifier}/version` }));
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
  }
  return (await (await clients.sts()).send(new GetCallerIdentityCommand({}))).Account;
}
