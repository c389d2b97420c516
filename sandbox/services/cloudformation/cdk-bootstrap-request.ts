import type { CreateChangeSetInput } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../calls/context.ts';
import { UnsupportedError } from '../../calls/errors.ts';
import type { Need } from '../../calls/operation.ts';
import { list } from './members.ts';

/** What `cdk bootstrap` is asked for if nobody asks for anything, by the parameters of its template. */
const usual: Readonly<Record<string, readonly string[]>> = {
  BootstrapVariant: ['AWS CDK: Default Resources'],
  CloudFormationExecutionPolicies: ['', 'arn:aws:iam::aws:policy/AdministratorAccess'],
  DenyExternalId: ['true'],
  FileAssetsBucketKmsKeyId: ['', 'AWS_MANAGED_KEY'],
  PublicAccessBlockConfiguration: ['true'],
  Qualifier: ['hnb659fds'],
  UseExamplePermissionsBoundary: ['false'],
  ApplyPermissionsBoundaryToAllRoles: ['false'],
};

/**
 * Returns what a request for a change set comes to. One by which `cdk bootstrap` makes or renews its stack has what is
 * missing of the bootstrap made, and then asks for a stack that is as it was: the practice account has neither the
 * container repository nor the bucket policy of the CLI's template. Throws NotImplemented for a bootstrap of another
 * kind.
 */
export async function bootstrapped(
  input: CreateChangeSetInput,
  call: Call<'bootstrap'>,
): Promise<CreateChangeSetInput> {
  if (!asksForBootstrap(input)) return input;
  for (const { ParameterKey = '', ParameterValue = '', UsePreviousValue } of list(input.Parameters)) {
    if (UsePreviousValue || (usual[ParameterKey] ?? ['']).includes(ParameterValue)) continue;
    throw new UnsupportedError(`a CDK bootstrap with the parameter ${ParameterKey}=${ParameterValue.slice(0, 100)}`);
  }
  await call.bootstrap(call);
  const { ImportExistingResources, TemplateBody, Parameters, Tags, RoleARN, ...rest } = input;
  return { ...rest, ChangeSetType: 'UPDATE', UsePreviousTemplate: true };
}

/** What it takes to have the bootstrap made: permission to make the most powerful of its roles. */
export function bootstrapNeeds(
  input: CreateChangeSetInput,
  { accountId, region }: Pick<Call, 'accountId' | 'region'>,
): readonly Need[] {
  if (!asksForBootstrap(input)) return [];
  const resource = `arn:aws:iam::${accountId}:role/cdk-hnb659fds-cfn-exec-role-${accountId}-${region}`;
  return ['iam:CreateRole', 'iam:AttachRolePolicy'].map((action) => ({ action, resource }));
}

function asksForBootstrap({ StackName, TemplateBody }: CreateChangeSetInput): boolean {
  return StackName === 'CDKToolkit' && TemplateBody?.includes('CdkBootstrapVersion') === true;
}
