import type { CreateChangeSetInput } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../calls/context.ts';
import { UnsupportedError } from '../../calls/errors.ts';
import type { Need } from '../../calls/operation.ts';
import { list } from './members.ts';

/** The default request of `cdk bootstrap`, by the parameters of its template. */
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
 * Returns the effect of a request for a change set. One with which `cdk bootstrap` creates or renews its stack gets the
 * missing parts of the bootstrap created, and then becomes a request without changes: the practice account has neither
 * the container repository nor the bucket policy of the CLI's template. Throws NotImplemented for another kind of
 * bootstrap.
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

/** The permission needed to create the bootstrap: to create the most powerful of its roles. */
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
