import { administratorRecord } from '../authorization/administrator.ts';
import { global, regional, type World } from '../calls/context.ts';
import { stacks } from '../services/cloudformation/records.ts';
import { type RoleRecord, roles, users } from '../services/iam/records.ts';
import { buckets, everywhere } from '../services/s3/records.ts';
import { parameters } from '../services/ssm/records.ts';
import { collection } from '../state/collection.ts';
import type { Write } from '../state/store.ts';
import { toolkitName, toolkitStack } from './cdk-toolkit-stack.ts';

/** The account and region that a CDK environment is. */
interface Environment {
  readonly accountId: string;
  readonly region: string;
}

/** That an account, or an environment of it, was made: of what came with it, anything may be changed or deleted since. */
const births = collection<Birth>('account/birth');

interface Birth {
  readonly born: string;
  /** What an environment was made by. */
  readonly revision?: typeof revision;
}

/** The second has the stack CDKToolkit, and a lookup role that reads everything. */
const revision = 2;

/** What `cdk bootstrap` of the pinned CLI calls its version. */
const version = '33';
const qualifier = 'hnb659fds';
const versionParameter = `/cdk-bootstrap/${qualifier}/version`;

/**
 * Makes an environment as `cdk bootstrap` leaves it: roles, assets bucket and version, as in the template of the
 * pinned CLI (aws-cdk/lib/api/bootstrap/bootstrap-template.yaml). Does nothing where that has been done, and nothing
 * for what is not a region. The repository for container images is left out, since no registry is served; so is
 * the bucket's policy, which refuses plain HTTP, the only way to the practice account.
 */
export async function bootstrapCdk(world: Pick<World, 'store' | 'clock' | 'ids'>, place: Environment): Promise<void> {
  const scope = regional(place);
  const birth = births.get(world.store, scope, 'environment');
  if (birth?.revision === revision) return;
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(place.region)) return;
  const now = world.clock.now().toISOString();
  const made = newParts(world, place, now);
  await world.store.commit([
    births.put(scope, 'environment', { born: birth?.born ?? now, revision }),
    ...(birth === undefined
      ? [...accountBirth(world, place, now), ...missing(world, place, now, made)]
      : renewedLookup(world, place, made.roles)),
    ...toolkitStack({ ...place, now, ids: world.ids, ...made }),
  ]);
}

/**
 * Makes what is missing of an environment's bootstrap, and leaves the rest as it is: what `cdk bootstrap` asks for after
 * somebody deleted its stack, or parts of it.
 */
export async function restoreBootstrap(
  world: Pick<World, 'store' | 'clock' | 'ids'>,
  place: Environment,
): Promise<void> {
  const { store, clock, ids } = world;
  const now = clock.now().toISOString();
  const made = newParts(world, place, now);
  const hasStack = stacks
    .list(store, regional(place))
    .some(({ StackName, StackStatus }) => StackName === toolkitName && StackStatus !== 'DELETE_COMPLETE');
  await store.commit([
    ...missing(world, place, now, made),
    ...(hasStack ? [] : toolkitStack({ ...place, now, ids, ...made })),
  ]);
}

/** What an environment is made of. */
interface Parts {
  readonly roles: ReadonlyMap<string, RoleRecord>;
  readonly bucket: string;
  readonly parameter: { readonly Name: string; readonly Value: string };
}

function newParts({ ids }: Pick<World, 'ids'>, place: Environment, now: string): Parts {
  const bucket = `cdk-${qualifier}-assets-${place.accountId}-${place.region}`;
  return {
    roles: rolesOf(place, bucket, now, () => ids.unique('AROA')),
    bucket,
    parameter: { Name: versionParameter, Value: version },
  };
}

function accountBirth({ store }: Pick<World, 'store'>, place: Environment, now: string): Write[] {
  const everyRegion = global(place);
  if (births.get(store, everyRegion, 'account') !== undefined) return [];
  return [
    births.put(everyRegion, 'account', { born: now }),
    users.put(everyRegion, 'administrator', administratorRecord(place.accountId, now)),
  ];
}

function missing({ store }: Pick<World, 'store'>, place: Environment, now: string, made: Parts): Write[] {
  const { accountId } = place;
  const everyRegion = global(place);
  const { bucket } = made;
  const lost = [...made.roles.values()].filter(({ RoleName }) => roles.get(store, everyRegion, RoleName) === undefined);
  const writes = lost.map((role) => roles.put(everyRegion, role.RoleName, role));
  if (buckets.get(store, everywhere, bucket) === undefined) {
    const encryption = { SSEAlgorithm: 'aws:kms' as const, BucketKeyEnabled: false };
    writes.push(
      buckets.put(everywhere, bucket, { Name: bucket, accountId, Region: place.region, CreationDate: now, encryption }),
    );
  }
  if (parameters.get(store, regional(place), versionParameter) === undefined) {
    const LastModifiedUser = `arn:aws:iam::${accountId}:root`;
    const first = { Version: 1, Type: 'String', Value: version, DataType: 'text', LastModifiedDate: now } as const;
    writes.push(
      parameters.put(regional(place), versionParameter, {
        Name: versionParameter,
        Tags: {},
        versions: [{ ...first, LastModifiedUser }],
      }),
    );
  }
  return writes;
}

/** The policies of the first revision's lookup role, which `cdk watch` could not read logs by. */
const formerLookup = [
  'arn:aws:iam::aws:policy/AWSCloudFormationReadOnlyAccess',
  'arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess',
];

/** Gives the lookup role today's policies, unless somebody has changed or deleted it. */
function renewedLookup(
  { store }: Pick<World, 'store'>,
  place: Environment,
  made: ReadonlyMap<string, RoleRecord>,
): Write[] {
  const RoleName = roleName('lookup', place);
  const role = roles.get(store, global(place), RoleName);
  const wanted = made.get('lookup');
  if (role === undefined || wanted === undefined) return [];
  if (JSON.stringify(role.attached) !== JSON.stringify(formerLookup)) return [];
  return [roles.put(global(place), RoleName, { ...role, attached: wanted.attached })];
}

/** Permissions of one of the bootstrap's roles. */
type Permissions = Pick<RoleRecord, 'inline' | 'attached'>;

function rolesOf(place: Environment, bucket: string, now: string, roleId: () => string): Map<string, RoleRecord> {
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

function roleName(kind: string, { accountId, region }: Environment): string {
  return `cdk-${qualifier}-${kind}-role-${accountId}-${region}`;
}

function inlineOf(kind: string, { accountId, region }: Environment, statements: readonly object[]) {
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

/** The account itself, but nobody who comes with an external id. */
function trustOfAccount(accountId: string): object[] {
  const Principal = { AWS: `arn:aws:iam::${accountId}:root` };
  return [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal, Condition: { Null: { 'sts:ExternalId': 'true' } } },
    { Effect: 'Allow', Action: 'sts:TagSession', Principal },
  ];
}

const useOfKeys = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'];
const readOfAssets = ['s3:GetObject*', 's3:GetBucket*', 's3:List*'];

function deployStatements(place: Environment, bucket: string): object[] {
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

function filePublishing({ accountId, region }: Environment, bucket: string): object[] {
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

function imagePublishing({ accountId, region }: Environment): object[] {
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
