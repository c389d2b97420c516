import { partitionOf } from '../aws/partition.ts';
import { missingPermission } from '../failures/missing-permission.ts';
import { bootstrapQualifiers } from '../workshop/bootstrap-qualifiers.ts';
import { awsOf, type Examination, type Finding } from './finding.ts';

/** The bootstrap version that the labs' stacks require. */
const needed = 6;

/** The CDK's bootstrap, which deployments need: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html */
export const cdkBootstrap: Examination = async (patient): Promise<readonly Finding[]> => {
  const qualifiers = await bootstrapQualifiers(patient.root);
  const found = await Promise.all(qualifiers.map((qualifier) => examine(patient, qualifier)));
  return found.flat();
};

async function examine(patient: Parameters<Examination>[0], qualifier: string): Promise<Finding | readonly Finding[]> {
  const target = awsOf(patient);
  const { chosen } = patient;
  if (target === undefined || chosen.kind !== 'aws') return [];
  const about = 'CDK bootstrap';
  const name = `/cdk-bootstrap/${qualifier}/version`;
  const option =
    qualifier === 'hnb659fds' ? '' : ` --qualifier ${qualifier} --toolkit-stack-name CDKToolkit-${qualifier}`;
  const make = `Run \`npx cdk bootstrap aws://${chosen.account}/${chosen.region}${option}\` once, as an administrator.`;
  const { GetParameterCommand } = await import('../aws/sdk/ssm.ts');
  try {
    const { Parameter } = await (await target.clients.ssm()).send(new GetParameterCommand({ Name: name }));
    const version = Number(Parameter?.Value);
    const found = `version ${Parameter?.Value}`;
    if (version < needed)
      return { about, state: 'in the way', found: `${found}, but ${needed} is required`, next: make };
    return [{ about, state: 'fine', found }, await mayDeploy(patient, qualifier)];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'ParameterNotFound') {
      return {
        about,
        state: 'in the way',
        found: `${chosen.region} has none${option === '' ? '' : ` with the qualifier ${qualifier}`}`,
        next: make,
      };
    }
    if (!error.name.startsWith('AccessDenied')) throw error;
    const missing = missingPermission(error.message, undefined);
    const next =
      missing !== undefined && 'statement' in missing ? `The statement: ${JSON.stringify(missing.statement)}` : make;
    return { about, state: 'unknown', found: `its version can't be read: ${error.message}`, next };
  }
}

/** A deployment assumes the bootstrap's roles, and needs no other permission. */
async function mayDeploy(patient: Parameters<Examination>[0], qualifier: string): Promise<Finding> {
  const target = awsOf(patient);
  const { chosen } = patient;
  if (target === undefined || chosen.kind !== 'aws') throw new Error('there is no AWS account to ask');
  const about = 'permission to deploy';
  const { AssumeRoleCommand } = await import('../aws/sdk/sts.ts');
  const role = `arn:${await partitionOf(chosen.region)}:iam::${chosen.account}:role/cdk-${qualifier}-deploy-role-${chosen.account}-${chosen.region}`;
  try {
    const input = { RoleArn: role, RoleSessionName: 'lab-doctor', DurationSeconds: 900 };
    await (await target.clients.sts()).send(new AssumeRoleCommand(input));
    return { about, state: 'fine', found: "these credentials can assume the bootstrap's roles" };
  } catch (error) {
    if (!(error instanceof Error) || !error.name.startsWith('AccessDenied')) throw error;
    return {
      about,
      state: 'in the way',
      found: `these credentials can't assume ${role}`,
      next: `The statement: ${JSON.stringify({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: role.replace('deploy-role', '*') })}`,
    };
  }
}
