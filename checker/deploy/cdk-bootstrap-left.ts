import { partitionOf } from '../aws/partition.ts';
import type { Target } from '../aws/target.ts';
import { bootstrapQualifiers } from '../workshop/bootstrap-qualifiers.ts';

/**
 * The CDK's bootstrap in words, a line each: what it is, and how to take it away. It stays, since every CDK program of
 * the account and region uses it. None where there is none.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export async function bootstrapLeft(target: Target, root: string): Promise<string[]> {
  const stays = "What stays is the CDK's bootstrap";
  if (target.kind === 'practice') {
    return [
      `${stays}: its bucket, roles and SSM parameter. \`npx lab sandbox reset\` makes the practice account anew.`,
    ];
  }
  const lines: string[] = [];
  for (const qualifier of await bootstrapQualifiers(root)) lines.push(...(await leftOf(target, qualifier)));
  return lines;
}

async function leftOf(target: Target, qualifier: string): Promise<string[]> {
  const stays = "What stays is the CDK's bootstrap";
  const account = await bootstrapped(target, qualifier);
  if (account === undefined) return [];
  const { region } = target;
  const [bucket, repository] = ['assets', 'container-assets'].map(
    (what) => `cdk-${qualifier}-${what}-${account}-${region}`,
  );
  const where = `--region ${region}${target.profile === undefined ? '' : ` --profile ${target.profile}`}`;
  const versions = `aws s3api list-object-versions --bucket ${bucket} --output json --query '{Objects: Versions[].{Key: Key, VersionId: VersionId}}' ${where}`;
  return [
    `${stays}, which every CDK program in ${target.title} uses: the stack CDKToolkit, with the bucket ${bucket}, the repository ${repository}, the roles arn:${await partitionOf(region)}:iam::${account}:role/cdk-${qualifier}-*-${account}-${region} and the SSM parameter /cdk-bootstrap/${qualifier}/version.`,
    'It costs what the files in the bucket take up. If nothing else of yours was made by the CDK there, this takes it away:',
    `  aws cloudformation delete-stack --stack-name CDKToolkit ${where}`,
    `  aws s3api delete-objects --bucket ${bucket} --delete "$(${versions})" ${where}`,
    `  aws s3api delete-bucket --bucket ${bucket} ${where}`,
  ];
}

/** The account's number where it has a bootstrap, or where that may not be asked. */
async function bootstrapped({ clients }: Target, qualifier: string): Promise<string | undefined> {
  const [{ GetParameterCommand }, { GetCallerIdentityCommand }] = await Promise.all([
    import('@aws-sdk/client-ssm'),
    import('@aws-sdk/client-sts'),
  ]);
  try {
    await (await clients.ssm()).send(new GetParameterCommand({ Name: `/cdk-bootstrap/${qualifier}/version` }));
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
  }
  return (await (await clients.sts()).send(new GetCallerIdentityCommand({}))).Account;
}
