import { createHash } from 'node:crypto';
import { regional } from '../calls/context.ts';
import type { Ids } from '../calls/ids.ts';
import { key, resources, stackScope, stacks, templates } from '../services/cloudformation/records.ts';
import type { RoleRecord } from '../services/iam/records.ts';
import type { Write } from '../state/store.ts';

/** The resources that the bootstrap created. */
interface Bootstrapped {
  readonly accountId: string;
  readonly region: string;
  /** ISO 8601. */
  readonly now: string;
  readonly ids: Ids;
  readonly roles: ReadonlyMap<string, RoleRecord>;
  readonly bucket: string;
  readonly parameter: { readonly Name: string; readonly Value: string };
}

export const toolkitName = 'CDKToolkit';

/**
 * The CLI doesn't overwrite a bootstrap stack of another variant
 * (https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html), and this one lacks the container
 * repository and the bucket's policy. So `cdk bootstrap` says that the account is bootstrapped, and changes nothing.
 */
const variant = 'The bootstrap of the practice account';

/** Returns the writes that record the bootstrap's resources as the stack in which the CDK CLI looks for them. */
export function toolkitStack(made: Bootstrapped): Write[] {
  const { accountId, region, now, bucket, parameter } = made;
  const StackName = toolkitName;
  const StackId = `arn:aws:cloudformation:${region}:${accountId}:stack/${StackName}/${made.ids.uuid()}`;
  const scope = stackScope(StackId);
  const Description = 'This stack includes resources needed to deploy AWS CDK apps into this environment';
  const domain = `${bucket}.s3.${region}.amazonaws.com`;
  const values = { BucketName: bucket, BucketDomainName: domain, BootstrapVersion: parameter.Value };
  const parts = partsOf(made);
  const body = JSON.stringify({
    Description,
    Parameters: { BootstrapVariant: { Type: 'String', Default: variant } },
    Resources: Object.fromEntries(
      parts.map(({ logicalId, type, properties, policy }) => [
        logicalId,
        { Type: type, Properties: properties, DeletionPolicy: policy, UpdateReplacePolicy: policy },
      ]),
    ),
    Outputs: Object.fromEntries(Object.entries(values).map(([name, Value]) => [name, { Value }])),
  });
  const template = createHash('sha256').update(body).digest('hex');
  return [
    templates.put(scope, template, { body }),
    ...parts.map(({ logicalId, type, physicalId, properties, attributes, policy }) =>
      resources.put(scope, logicalId, {
        logicalId,
        type,
        status: 'CREATE_COMPLETE',
        timestamp: now,
        physicalId,
        properties,
        attributes,
        tags: [],
        dependsOn: [],
        deletionPolicy: policy,
        updateReplacePolicy: policy,
      }),
    ),
    stacks.put(regional(made), key(StackId), {
      StackId,
      StackName,
      StackStatus: 'CREATE_COMPLETE',
      CreationTime: now,
      Description,
      template,
      DisableRollback: false,
      EnableTerminationProtection: false,
      NotificationARNs: [],
      Parameters: [{ ParameterKey: 'BootstrapVariant', ParameterValue: variant }],
      Tags: [],
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Outputs: Object.entries(values).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
    }),
  ];
}

interface Part {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly policy: 'Delete' | 'Retain';
}

/** The logical ids are those of the CLI's template. */
const roleIds: Readonly<Record<string, string>> = {
  'cfn-exec': 'CloudFormationExecutionRole',
  deploy: 'DeploymentActionRole',
  'file-publishing': 'FilePublishingRole',
  'image-publishing': 'ImagePublishingRole',
  lookup: 'LookupRole',
};

function partsOf({ roles, bucket, region, parameter }: Bootstrapped): Part[] {
  return [
    {
      logicalId: 'StagingBucket',
      type: 'AWS::S3::Bucket',
      physicalId: bucket,
      properties: { BucketName: bucket },
      attributes: {
        Arn: `arn:aws:s3:::${bucket}`,
        DomainName: `${bucket}.s3.amazonaws.com`,
        RegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
      },
      policy: 'Retain',
    },
    {
      logicalId: 'CdkBootstrapVersion',
      type: 'AWS::SSM::Parameter',
      physicalId: parameter.Name,
      properties: { Type: 'String', ...parameter },
      attributes: { Type: 'String', Value: parameter.Value },
      policy: 'Delete',
    },
    ...[...roles].map(([kind, role]) => rolePart(roleIds[kind] ?? kind, role)),
  ];
}

function rolePart(logicalId: string, role: RoleRecord): Part {
  const { RoleName, RoleId, Arn, AssumeRolePolicyDocument, attached, inline, Tags } = role;
  const Policies = Object.entries(inline).map(([PolicyName, text]) => ({
    PolicyName,
    PolicyDocument: JSON.parse(text),
  }));
  return {
    logicalId,
    type: 'AWS::IAM::Role',
    physicalId: RoleName,
    properties: {
      RoleName,
      AssumeRolePolicyDocument: JSON.parse(AssumeRolePolicyDocument),
      ...(attached.length === 0 ? {} : { ManagedPolicyArns: attached }),
      ...(Policies.length === 0 ? {} : { Policies }),
      ...(Tags.length === 0 ? {} : { Tags }),
    },
    attributes: { Arn, RoleId },
    policy: 'Delete',
  };
}
