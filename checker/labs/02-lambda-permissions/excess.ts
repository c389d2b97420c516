import {
  type Calls,
  callsOf,
  intersect,
  literalAsterisk,
  plain,
  subtractAll,
} from '../../../sandbox/iam-policy/access/access.ts';
import { type Remainder, remainder } from '../../../sandbox/iam-policy/access/remainder.ts';
import { type Clause, isEmpty, isIn, witness } from '../../../sandbox/iam-policy/access/witness.ts';
import { contextThatHolds } from '../../observe/context-that-holds.ts';
import { fixedFor, type RolePolicies, type RolePolicy } from '../../observe/role-policies.ts';
import type { Sender } from '../../observe/sender.ts';
import type { Probe } from '../../observe/simulate.ts';
import type { Reference } from './reference.ts';

/** A statement that allows more than the function needs. */
export interface Excess {
  readonly policy: string;
  /** The ARN, if it is a managed policy. */
  readonly arn?: string;
  /** `statement 2`, or its Sid. */
  readonly statement: string;
  /** The excessive part of the statement, as written. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Whether it allows that only under a condition. */
  readonly isConditional: boolean;
  /** One call that it allows and the function doesn't need. */
  readonly witness: Probe;
}

/** The calls that the role's policies allow beyond what sending needs. */
export interface Subtraction {
  readonly excess: readonly Excess[];
  /** Harmless additional permissions: `read the room's own table (dynamodb:GetItem)`. */
  readonly noteworthy: readonly string[];
}

/** Subtracts the calls that sending needs, and harmless ones, from everything that a role's policies allow. */
export function subtractReference(
  policies: RolePolicies,
  { silent, noteworthy }: Reference,
  sender: Pick<Sender, 'roleArn'>,
  region: string,
): Subtraction {
  const beyond = remainder(policies, silent, fixedFor(sender.roleArn, policies));
  const notes = noteworthy.flatMap(({ what, calls }) => {
    const actions = beyond.flatMap((each) => actionsIn(each, meeting(each.left, calls)));
    return actions.length === 0 ? [] : [`${what} (${listed([...new Set(actions)])})`];
  });
  const harmless = noteworthy.flatMap(({ calls }) => calls);
  const excess = beyond.flatMap((each): Excess[] => {
    const left = subtractAll(each.left, harmless);
    if (left.length === 0) return [];
    const { policy, statement, certainty } = each;
    return [
      {
        policy: policy.name,
        arn: policy.arn,
        statement: statement.sid ?? `statement ${statement.index + 1}`,
        actions: actionsIn(each, left),
        resources: resourcesIn(each, left),
        isConditional: certainty === 'sometimes',
        witness: {
          ...witnessIn(each, left, sender, region),
          context: certainty === 'sometimes' ? contextThatHolds(statement.condition, statement.variables) : undefined,
        },
      },
    ];
  });
  return { excess, noteworthy: notes };
}

function meeting(some: readonly Calls[], others: readonly Calls[]): Calls[] {
  return some.flatMap((one) => others.flatMap((other) => intersect(one, other)));
}

/** Returns the statement's actions that match any of these calls, as written. */
function actionsIn({ statement }: Remainder<RolePolicy>, left: readonly Calls[]): string[] {
  if (statement.isNotAction) return left.length === 0 ? [] : [`everything but ${listed(statement.actions)}`];
  return statement.actions.filter((action) => {
    // A literal action is its own example, and a wildcard's is nearly always left, too. So few need a search.
    const example = action.toLowerCase().replace(/[*?]/g, 'x');
    if (left.some(({ actions }) => isIn(actions, example))) return true;
    return /[*?]/.test(action) && left.some(({ actions }) => !isEmpty([clauseOf(action), ...actions]));
  });
}

function resourcesIn({ statement }: Remainder<RolePolicy>, left: readonly Calls[]): string[] {
  if (statement.isNotResource) return [`everything but ${listed(statement.resources)}`];
  return statement.resources.filter((resource) => {
    const own = callsOf({ ...statement, resources: [resource] }, noValue, true).resources;
    return left.some(({ resources }) => !isEmpty([...own, ...resources]));
  });
}

function clauseOf(action: string): Clause {
  return { patterns: [plain(action, 'like', true)], negated: false };
}

function noValue(): undefined {
  return undefined;
}

/**
 * Picks one call. IAM's simulator takes action names, so a pattern such as `iam:*` is represented by a telling action.
 * If none matches, the pattern itself is used, or else what the search finds.
 */
function witnessIn(
  { statement }: Remainder<RolePolicy>,
  left: readonly Calls[],
  sender: Pick<Sender, 'roleArn'>,
  region: string,
): Probe {
  const literal = statement.isNotAction ? [] : statement.actions.filter((action) => !/[*?]/.test(action));
  for (const action of [...literal, ...telling]) {
    for (const part of left) {
      if (isEmpty([clauseOf(action), ...part.actions])) continue;
      const resource = resourceFor(action, part, sender, region);
      if (resource !== undefined) return { action, resource };
    }
  }
  const [part] = left;
  const action = (part && witness(part.actions)) ?? '';
  return { action, resource: (part && resourceFor(action, part, sender, region)) ?? '*' };
}

/** Returns the likeliest resource that an action is really about, if there is one among these. */
function resourceFor(
  action: string,
  { resources }: Calls,
  { roleArn }: Pick<Sender, 'roleArn'>,
  region: string,
): string | undefined {
  const [, partition = 'aws', , , account = ''] = roleArn.split(':');
  const service = action.startsWith('sts:') ? 'iam' : (action.split(':')[0] ?? '');
  const [where, kind] = shapes[service] ?? ['region:account', '?*'];
  const place = where.replace('region', region).replace('account', account);
  const likely = [
    `arn:${partition}:${service}:${place}:${kind}`,
    `arn:${partition}:${service}:${place}:?*`,
    `arn:?*:${service}:*:*:?*`,
    literalAsterisk,
    '*',
  ];
  for (const text of likely) {
    const [clause] = callsOf({ ...anyCall, resources: [text] }, noValue, false).resources.slice(-1);
    const found = clause && witness([...resources, clause]);
    if (found !== undefined) return found;
  }
  return undefined;
}

const anyCall = {
  effect: 'Allow',
  index: 0,
  actions: ['*'],
  isNotAction: false,
  isNotResource: false,
  variables: true,
} as const;

/** By service, the region and account in its ARNs, and the names of its resources. */
const shapes: Readonly<Record<string, readonly [string, string]>> = {
  apigateway: ['region:', '/apis/?*'],
  cloudformation: ['region:account', 'stack/?*/?*'],
  dynamodb: ['region:account', 'table/?*'],
  'execute-api': ['region:account', '?*/?*/POST/@connections/?*'],
  iam: [':account', 'role/?*'],
  lambda: ['region:account', 'function:?*'],
  logs: ['region:account', 'log-group:?*'],
  s3: [':', '?*/?*'],
  secretsmanager: ['region:account', 'secret:?*'],
  ssm: ['region:account', 'parameter/?*'],
};

/** Actions that show what a wildcard includes, the most serious first. */
const telling = [
  ...[
    'iam:PutRolePolicy',
    'iam:CreatePolicyVersion',
    'iam:CreateUser',
    'sts:AssumeRole',
    'iam:PassRole',
    'iam:GetRole',
  ],
  ...['lambda:UpdateFunctionCode', 'lambda:DeleteFunction', 'lambda:InvokeFunction', 'cloudformation:UpdateStack'],
  ...['dynamodb:DeleteTable', 'dynamodb:PartiQLDelete', 'dynamodb:PartiQLSelect', 'dynamodb:PutItem', 'dynamodb:Scan'],
  ...['execute-api:ManageConnections', 'execute-api:Invoke', 'apigateway:DELETE', 'apigateway:PATCH', 'apigateway:GET'],
  ...['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 'secretsmanager:GetSecretValue', 'ssm:GetParameter'],
  ...[
    'kms:Decrypt',
    'logs:DeleteLogGroup',
    'logs:FilterLogEvents',
    'logs:PutRetentionPolicy',
    'cognito-idp:AdminCreateUser',
    'sqs:SendMessage',
  ],
  ...[
    'xray:PutEncryptionConfig',
    'sns:Publish',
    'events:PutEvents',
    'states:StartExecution',
    'ses:SendEmail',
    'ec2:RunInstances',
  ],
];

/** `a`, `a and b`, `a, b and 2 more`. */
export function listed([first = '', second, ...more]: readonly string[]): string {
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`;
}
