import { administratorRecord } from '../authorization/administrator.ts';
import { global, regional, type World } from '../calls/context.ts';
import { stacks } from '../services/cloudformation/records.ts';
import { type RoleRecord, roles, users } from '../services/iam/records.ts';
import { buckets, everywhere } from '../services/s3/records.ts';
import { parameters } from '../services/ssm/records.ts';
import { collection } from '../state/collection.ts';
import type { Write } from '../state/store.ts';
import { type CdkEnvironment, qualifier, roleName, rolesOf, versionParameter } from './cdk-bootstrap-roles.ts';
import { toolkitName, toolkitStack } from './cdk-toolkit-stack.ts';

/**
 * Records that an account, or an environment of it, was created. Anything in it may have been changed or deleted since.
 */
const births = collection<Birth>('account/birth');

interface Birth {
  readonly born: string;
  /** The revision that created an environment. */
  readonly revision?: typeof revision;
}

/** The second has the stack CDKToolkit, and a lookup role that can read everything. */
const revision = 2;

/** The bootstrap version of the pinned CLI's `cdk bootstrap`. */
const version = '33';

/**
 * Creates an environment as `cdk bootstrap` leaves it: roles, assets bucket and version, as in the template of the
 * pinned CLI (aws-cdk/lib/api/bootstrap/bootstrap-template.yaml). Does nothing if it exists already, or if the name
 * isn't a region's. The container image repository is left out, since the account has no registry. So is the bucket's
 * policy, which denies plain HTTP, the only protocol of the practice account.
 */
export async function bootstrapCdk(
  world: Pick<World, 'store' | 'clock' | 'ids'>,
  place: CdkEnvironment,
): Promise<void> {
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
 * Creates the missing parts of an environment's bootstrap, and leaves the rest unchanged: `cdk bootstrap` needs that
 * after somebody deleted its stack, or parts of it.
 */
export async function restoreBootstrap(
  world: Pick<World, 'store' | 'clock' | 'ids'>,
  place: CdkEnvironment,
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

/** The parts of an environment. */
interface Parts {
  readonly roles: ReadonlyMap<string, RoleRecord>;
  readonly bucket: string;
  readonly parameter: { readonly Name: string; readonly Value: string };
}

function newParts({ ids }: Pick<World, 'ids'>, place: CdkEnvironment, now: string): Parts {
  const bucket = `cdk-${qualifier}-assets-${place.accountId}-${place.region}`;
  return {
    roles: rolesOf(place, bucket, now, () => ids.unique('AROA')),
    bucket,
    parameter: { Name: versionParameter, Value: version },
  };
}

function accountBirth({ store }: Pick<World, 'store'>, place: CdkEnvironment, now: string): Write[] {
  const everyRegion = global(place);
  if (births.get(store, everyRegion, 'account') !== undefined) return [];
  return [
    births.put(everyRegion, 'account', { born: now }),
    users.put(everyRegion, 'administrator', administratorRecord(place.accountId, now)),
  ];
}

function missing({ store }: Pick<World, 'store'>, place: CdkEnvironment, now: string, made: Parts): Write[] {
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

/** The policies of the first revision's lookup role, with which `cdk watch` couldn't read logs. */
const formerLookup = [
  'arn:aws:iam::aws:policy/AWSCloudFormationReadOnlyAccess',
  'arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess',
];

/** Gives the lookup role the current policies, unless somebody has changed or deleted it. */
function renewedLookup(
  { store }: Pick<World, 'store'>,
  place: CdkEnvironment,
  made: ReadonlyMap<string, RoleRecord>,
): Write[] {
  const RoleName = roleName('lookup', place);
  const role = roles.get(store, global(place), RoleName);
  const wanted = made.get('lookup');
  if (role === undefined || wanted === undefined) return [];
  if (JSON.stringify(role.attached) !== JSON.stringify(formerLookup)) return [];
  return [roles.put(global(place), RoleName, { ...role, attached: wanted.attached })];
}
