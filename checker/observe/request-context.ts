import type { ContextEntry } from '@aws-sdk/client-iam';
import type { Target } from '../aws/target.ts';
import type { Sender } from './sender.ts';

type Circumstances = Pick<Target, 'region'> &
  Pick<Sender, 'functionArn' | 'functionName' | 'roleArn'> & {
    readonly now: Date;
    /** `AROA…` */
    readonly roleId: string;
    /** The role's tags. */
    readonly tags: Readonly<Record<string, string>>;
  };

/** Keys that a call from a function outside of a VPC doesn't have: a simulation without them is faithful. */
const absent = [
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:federatedprovider',
  'aws:multifactorauthage',
  'aws:referer',
  // These are for calls that a service makes for a resource; a function makes its own calls.
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceidentity',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:tagkeys',
  'aws:username',
  'aws:vpcsourceip',
];

/** The role's tags are known, and a function's calls here add none. */
const isTag = /^aws:(requesttag|principaltag)\//;

/**
 * Returns the context keys, with their values, of a call that the function makes as its role, as far as the role's
 * policies use them (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
 * Unpredictable ones, such as the source address, are left out.
 */
export function requestContext(asked: readonly string[], of: Circumstances): ContextEntry[] {
  const account = of.roleArn.split(':')[4] ?? '';
  const entry = (type: ContextEntry['ContextKeyType'], value: string) => ({
    ContextKeyType: type,
    ContextKeyValues: [value],
  });
  const known: Readonly<Record<string, Omit<ContextEntry, 'ContextKeyName'>>> = {
    'aws:currenttime': entry('date', of.now.toISOString()),
    'aws:epochtime': entry('numeric', String(Math.floor(of.now.getTime() / 1000))),
    'aws:multifactorauthpresent': entry('boolean', 'false'),
    'aws:principalaccount': entry('string', account),
    'aws:principalarn': entry('string', of.roleArn),
    'aws:principalisawsservice': entry('boolean', 'false'),
    'aws:principaltype': entry('string', 'AssumedRole'),
    'aws:requestedregion': entry('string', of.region),
    'aws:resourceaccount': entry('string', account),
    'aws:securetransport': entry('boolean', 'true'),
    // Lambda names a function's role session after the function.
    'aws:userid': entry('string', `${of.roleId}:${of.functionName}`),
    'aws:viaawsservice': entry('boolean', 'false'),
    // The service that a role could most easily be passed to.
    'iam:passedtoservice': entry('string', 'lambda.amazonaws.com'),
    // Even if a function is invoked through a version or an alias, it is the function's own ARN.
    'lambda:sourcefunctionarn': entry('string', of.functionArn.split(':').slice(0, 7).join(':')),
    ...Object.fromEntries(
      Object.entries(of.tags).map(([key, value]) => [`aws:principaltag/${key.toLowerCase()}`, entry('string', value)]),
    ),
  };
  return asked.flatMap((name) => {
    const value = known[name.toLowerCase()];
    return value === undefined ? [] : { ContextKeyName: name, ...value };
  });
}

/**
 * Returns those of a simulation's missing keys that a call of this action can have: only they leave the answer open.
 */
export function missingFor(action: string, missed: readonly string[]): string[] {
  const service = action.split(':')[0]?.toLowerCase();
  return missed.filter((name) => {
    const key = name.toLowerCase();
    const prefix = key.split(':')[0];
    return !absent.includes(key) && !isTag.test(key) && (prefix === 'aws' || prefix === service);
  });
}
