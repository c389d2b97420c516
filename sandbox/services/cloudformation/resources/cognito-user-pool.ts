import type {
  DescribeUserPoolResponse,
  SchemaAttributeType,
  UpdateUserPoolRequest,
  UserPoolTierType,
  UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { AwsError } from '../../../calls/errors.ts';
import { poolArn, providerName } from '../../cognito-idp/pool.ts';
import { newPoolId } from '../../cognito-idp/pool-id.ts';
import { customName } from '../../cognito-idp/schema.ts';
import { physicalName } from '../engine/names.ts';
import { ifThere } from './if-there.ts';
import { type Resource, type ResourceCall, resourceType } from './resource-type.ts';
import { ownTags, tagMap } from './tags.ts';

type Shared = Omit<
  UpdateUserPoolRequest,
  | 'UserPoolId'
  | 'PoolName'
  | 'UserPoolTags'
  | 'UserPoolTier'
  | 'AcrConfiguration'
  | 'DcrConfiguration'
  | 'IssuerConfiguration'
  | 'KeyConfiguration'
>;

interface Properties extends Shared {
  readonly UserPoolName?: string;
  readonly UserPoolTags?: Readonly<Record<string, string>>;
  readonly UserPoolTier?: UserPoolTierType;
  readonly Schema?: readonly SchemaAttributeType[];
  readonly AliasAttributes?: readonly string[];
  readonly UsernameAttributes?: readonly string[];
  readonly UsernameConfiguration?: { readonly CaseSensitive?: boolean };
}

/** Settings that a pool keeps for life: CloudFormation refuses to change them, and never creates another pool. */
const lasting = ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html */
export const cognitoUserPool = resourceType<Properties>({
  properties: {
    UserPoolName: 'update',
    AccountRecoverySetting: 'update',
    AdminCreateUserConfig: 'update',
    AliasAttributes: 'update',
    AutoVerifiedAttributes: 'update',
    DeletionProtection: 'update',
    DeviceConfiguration: 'update',
    EmailConfiguration: 'update',
    EmailVerificationMessage: 'update',
    EmailVerificationSubject: 'update',
    LambdaConfig: 'update',
    MfaConfiguration: 'update',
    Policies: 'update',
    Schema: 'update',
    SmsAuthenticationMessage: 'update',
    SmsConfiguration: 'update',
    SmsVerificationMessage: 'update',
    UserAttributeUpdateSettings: 'update',
    UserPoolAddOns: 'update',
    UserPoolTags: 'update',
    UserPoolTier: 'update',
    UsernameAttributes: 'update',
    UsernameConfiguration: 'update',
    VerificationMessageTemplate: 'update',
  },
  numbers: [
    'MinimumLength',
    'PasswordHistorySize',
    'Priority',
    'TemporaryPasswordValidityDays',
    'UnusedAccountValidityDays',
  ],
  booleans: [
    'AllowAdminCreateUserOnly',
    'CaseSensitive',
    'DeveloperOnlyAttribute',
    'Mutable',
    'Required',
    'RequireLowercase',
    'RequireNumbers',
    'RequireSymbols',
    'RequireUppercase',
  ],
  taggable: true,
  attributes: ['Arn', 'ProviderName', 'ProviderURL', 'UserPoolId'],
  identify: (_resource, { region, ids }) => newPoolId(region, ids),
  async create(resource, call) {
    const { UserPoolName, Schema, ...members } = resource.properties;
    const request = {
      ...members,
      PoolName: UserPoolName ?? physicalName(resource, 128, call.ids),
      UserPoolTags: tagsOf(resource),
      Schema: Schema && withTexts(Schema),
    };
    await call.perform('cognito-idp', 'CreateUserPool', request, { assignedId: resource.physicalId });
    return { attributes: attributes(resource, call) };
  },
  async update(resource, former, call) {
    const pool = await describe(resource.physicalId, call);
    requireLasting(resource, pool);
    const added = addedAttributes(former.properties.Schema ?? [], resource.properties.Schema ?? [], pool);
    const { UserPoolName, Schema, AliasAttributes, UsernameAttributes, UsernameConfiguration, ...members } =
      resource.properties;
    const UserPoolId = resource.physicalId;
    await call.perform('cognito-idp', 'UpdateUserPool', {
      ...members,
      PoolName: UserPoolName,
      UserPoolId,
      UserPoolTags: tagsOf(resource),
    });
    await addAttributes(UserPoolId, added, call);
    return attributes(resource, call);
  },
  async delete({ physicalId }, { perform }) {
    await ifThere(perform('cognito-idp', 'DeleteUserPool', { UserPoolId: physicalId }));
  },
});

/** Compares with the pool itself: in a rollback it may never have had the previous properties. */
function requireLasting({ properties }: Resource<Properties>, pool: UserPoolType): void {
  for (const name of lasting) {
    if (JSON.stringify(properties[name]) === JSON.stringify(pool[name])) continue;
    throw new AwsError('InvalidRequest', `Updates are not allowed for property - ${name}.`);
  }
}

async function describe(UserPoolId: string, { perform }: ResourceCall): Promise<UserPoolType> {
  const { UserPool = {} } = await perform<DescribeUserPoolResponse>('cognito-idp', 'DescribeUserPool', { UserPoolId });
  return UserPool;
}

/** Returns the attributes that were added to a schema. Existing ones can't be changed or removed. */
function addedAttributes(
  from: readonly SchemaAttributeType[],
  to: readonly SchemaAttributeType[],
  { SchemaAttributes = [] }: UserPoolType,
): readonly SchemaAttributeType[] {
  const isIn = (schema: readonly SchemaAttributeType[], one: SchemaAttributeType) =>
    schema.some((other) => JSON.stringify(other) === JSON.stringify(one));
  const isLost = from.some((one) => !isIn(to, one));
  // A rollback returns to the shorter schema; attributes that were added stay, on AWS, too. It also returns from a
  // change that the pool rejected.
  const isKnown = to.every((one) => isIn(from, one) || SchemaAttributes.some((own) => isAlready(one, own)));
  if (isLost && !isKnown) {
    throw new AwsError(
      'InvalidRequest',
      'Invalid request provided: Existing schema attributes cannot be modified or deleted.',
    );
  }
  return to.filter((one) => !from.some(({ Name }) => Name === one.Name));
}

/** Whether an attribute of a pool is what a template describes. */
function isAlready(one: SchemaAttributeType, own: SchemaAttributeType): boolean {
  const [described = {}] = withTexts([{ ...one, Name: own.Name }]);
  const isSame = own.Name === one.Name || own.Name === customName(one);
  return isSame && JSON.stringify({ ...own, ...described }) === JSON.stringify(own);
}

/** Even if an interrupted update has added some of them. */
async function addAttributes(
  UserPoolId: string,
  added: readonly SchemaAttributeType[],
  call: ResourceCall,
): Promise<void> {
  if (added.length === 0) return;
  const names = (await describe(UserPoolId, call)).SchemaAttributes?.map(({ Name }) => Name) ?? [];
  const missing = added.filter((one) => !names.includes(customName(one)));
  if (missing.length === 0) return;
  await call.perform('cognito-idp', 'AddCustomAttributes', { UserPoolId, CustomAttributes: withTexts(missing) });
}

/** Lengths and limits are strings in Cognito, and often numbers in templates. */
function withTexts(schema: readonly SchemaAttributeType[]): object[] {
  const texts = (limits: object | undefined) =>
    Object.fromEntries(Object.entries(limits ?? {}).map(([name, limit]) => [name, String(limit)]));
  return schema.map(({ StringAttributeConstraints, NumberAttributeConstraints, ...one }) => ({
    ...one,
    ...(StringAttributeConstraints && { StringAttributeConstraints: texts(StringAttributeConstraints) }),
    ...(NumberAttributeConstraints && { NumberAttributeConstraints: texts(NumberAttributeConstraints) }),
  }));
}

function attributes({ physicalId }: Resource<Properties>, call: ResourceCall) {
  const name = providerName(physicalId);
  return { Arn: poolArn(physicalId, call), ProviderName: name, ProviderURL: `https://${name}`, UserPoolId: physicalId };
}

function tagsOf({ tags, properties }: Resource<Properties>) {
  return { ...tagMap(ownTags({ tags, properties: {} })), ...properties.UserPoolTags };
}
