import type { RoleRecord } from '../services/iam/records.ts';

/** The account and region of a CDK environment. */
export interface CdkEnvironment {
  readonly accountId: string;
  readonly region: string;
}

/**
 * The common part of the bootstrap resources' names:
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 */
export const qualifier = 'hnb659fds';

/** The SSM parameter with the version of the bootstrap. */
export const versionParameter = `/cdk-bootstrap/${qualifier}/version`;

/** Permissions of one of the bootstrap's roles. */
type Permissions = Pick<RoleRecord, 'inline' | 'attached'>;

/** Returns the roles of an environment's bootstrap by purpose: `deploy`, `lookup`. */
export function rolesOf(
  place: CdkEnvironment,
  bucket: string,
  now: string,
  roleId: () => string,
): Map<string, RoleRecord> {
  const { accountId } = place;
  const permissions: Readonly<Record<string, Permissions>> = {
    'cfn-exec': { inline: {}, attached: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    deploy: {
      inline: { default: policy(deployStatements(place, bucket)) },
      attached: ['arn:aws:iam::aws:policy/AWSCloudFormationReadOnlyAccess'],
    },
    'file-publishing': { inline: inlineOf('file-publishing', place, filePublishing(place, bucket)), attached: [] },
    'image-publishing': { inline: inlineOf('image-publishing', place, imagePublishing(place)), attached: [] },
    lookup: {
      inline: {
        LookupRolePolicy: policy([{ Sid: 'DontReadSecrets', Effect: 'Deny', Action: ['kms:Decrypt'], Resource: '*' }]),
      },
      attached: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    },
  };
  return new Map(
    Object.entries(permissions).map(([kind, given]) => {
      const RoleName = roleName(kind, place);
      const isExecution = kind === 'cfn-exec';
      const role: RoleRecord = {
        RoleName,
        RoleId: roleId(),
        Arn: `arn:aws:iam::${accountId}:role/${RoleName}`,
        Path: '/',
        CreateDate: now,
        AssumeRolePolicyDocument: isExecution ? policy([trustOfCloudFormation]) : policy(trustOfAccount(accountId)),
        MaxSessionDuration: 3600,
        Tags: isExecution ? [] : [{ Key: 'aws-cdk:bootstrap-role', Value: kind }],
        ...given,
      };
      return [kind, role];
    }),
  );
}

/** Returns the name of a role of an environment's bootstrap. */
export function roleName(kind: string, { accountId, region }: CdkEnvironment): string {
  return `cdk-${qualifier}-${kind}-role-${accountId}-${region}`;
}

function inlineOf(kind: string, { accountId, region }: CdkEnvironment, statements: readonly object[]) {
  return { [`cdk-${qualifier}-${kind}-role-default-policy-${accountId}-${region}`]: policy(statements) };
}

function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

const trustOfCloudFormation = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'cloudformation.amazonaws.com' },
};

/** The account itself, but not with an external id. */
function trustOfAccount(accountId: string): object[] {
  const Principal = { AWS: `arn:aws:iam::${accountId}:root` };
  return [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal, Condition: { Null: { 'sts:ExternalId': 'true' } } },
    { Effect: 'Allow', Action: 'sts:TagSession', Principal },
  ];
}

const useOfKeys = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'];
const readOfAssets = ['s3:GetObject*', 's3:GetBucket*', 's3:List*'];

function deployStatements(place: CdkEnvironment, bucket: string): object[] {
  const { accountId, region } = place;
  return [
    {
      Sid: 'DeployPermissions',
      Effect: 'Allow',
      Action: [
        'cloudformation:CreateChangeSet',
        'cloudformation:DeleteChangeSet',
        'cloudformation:ExecuteChangeSet',
        'cloudformation:CreateStack',
        'cloudformation:UpdateStack',
        'cloudformation:RollbackStack',
        'cloudformation:ContinueUpdateRollback',
      ],
      Resource: '*',
    },
    {
      Sid: 'PipelineCrossAccountArtifactsBucket',
      Effect: 'Allow',
      Action: [...readOfAssets, 's3:Abort*', 's3:DeleteObject*', 's3:PutObject*'],
      Resource: '*',
      Condition: { StringNotEquals: { 's3:ResourceAccount': accountId } },
    },
    {
      Sid: 'PipelineCrossAccountArtifactsKey',
      Effect: 'Allow',
      Action: useOfKeys,
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    },
    {
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: `arn:aws:iam::${accountId}:role/${roleName('cfn-exec', place)}`,
    },
    {
      Sid: 'CliPermissions',
      Effect: 'Allow',
      Action: ['cloudformation:DeleteStack', 'cloudformation:UpdateTerminationProtection', 'sts:GetCallerIdentity'],
      Resource: '*',
    },
    {
      Sid: 'CliStagingBucket',
      Effect: 'Allow',
      Action: readOfAssets,
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    },
    {
      Sid: 'ReadVersion',
      Effect: 'Allow',
      Action: ['ssm:GetParameter', 'ssm:GetParameters'],
      Resource: [`arn:aws:ssm:${region}:${accountId}:parameter${versionParameter}`],
    },
    {
      Sid: 'Refactor',
      Effect: 'Allow',
      Action: ['cloudformation:CreateStackRefactor', 'cloudformation:ExecuteStackRefactor'],
      Resource: '*',
    },
  ];
}

function filePublishing({ accountId, region }: CdkEnvironment, bucket: string): object[] {
  return [
    {
      Effect: 'Allow',
      Action: [
        's3:GetObject*',
        's3:GetBucket*',
        's3:GetEncryptionConfiguration',
        's3:List*',
        's3:DeleteObject*',
        's3:PutObject*',
        's3:Abort*',
      ],
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { StringEquals: { 'aws:ResourceAccount': [accountId] } },
    },
    { Effect: 'Allow', Action: useOfKeys, Resource: `arn:aws:kms:${region}:${accountId}:key/AWS_MANAGED_KEY` },
  ];
}

function imagePublishing({ accountId, region }: CdkEnvironment): object[] {
  return [
    {
      Effect: 'Allow',
      Action: [
        'ecr:PutImage',
        'ecr:InitiateLayerUpload',
        'ecr:UploadLayerPart',
        'ecr:CompleteLayerUpload',
        'ecr:BatchCheckLayerAvailability',
        'ecr:DescribeRepositories',
        'ecr:DescribeImages',
        'ecr:BatchGetImage',
        'ecr:GetDownloadUrlForLayer',
      ],
      Resource: `arn:aws:ecr:${region}:${accountId}:repository/cdk-${qualifier}-container-assets-${accountId}-${region}`,
    },
    { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
  ];
}
