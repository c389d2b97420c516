import { type Calls, callsOf, literalAsterisk } from '../../../sandbox/iam-policy/access/access.ts';
import type { Room, StackResource } from '../../checking/check.ts';
import { tablesOf } from '../../probe/rows.ts';

// The calls that the sending function's role can be allowed, as IAM patterns. People write these in many ways, so the
// patterns are broad where that is safe: no other action begins with `dynamodb:Scan`, and an API id is long enough to
// be unique in any region.

/** Calls that sending doesn't need, that are harmless, and that the learner should know about. */
export interface Noteworthy {
  /** `read the room's own table` */
  readonly what: string;
  readonly calls: readonly Calls[];
}

export interface Reference {
  /** Calls that sending needs, that are harmless, or that have no effect. */
  readonly silent: readonly Calls[];
  readonly noteworthy: readonly Noteworthy[];
}

/** The sending function's calls on the room's tables. */
export const sending: readonly string[] = ['dynamodb:Scan*', 'dynamodb:DeleteItem*'];

/**
 * Returns everything that the role of a room's sending function can be allowed. `onTables`: what the function does to
 * tables.
 */
export function referenceFor(
  { apiId }: Pick<Room, 'apiId'>,
  resources: readonly StackResource[],
  onTables = sending,
): Reference {
  const own = (wanted: string) => resources.flatMap(({ type, physicalId }) => (type === wanted ? physicalId : []));
  const tables = tablesOf({ resources }).flatMap((name) => {
    const table = `arn:*:dynamodb:*:*:table/${name}`;
    return [table, `${table}/*`];
  });
  const parameters = own('AWS::SSM::Parameter').map((name) => `arn:*:ssm:*:*:parameter/${name.replace(/^\//, '')}`);
  const api = `arn:*:execute-api:*:*:${apiId}*`;
  return {
    silent: [...meaningless, calls(['execute-api:Manage*'], [api]), calls(onTables, tables), ...harmless],
    noteworthy: [
      { what: "read the room's own table", calls: [calls(readingTable, tables)] },
      { what: "read the room's own parameters", calls: [calls(readingParameters, parameters)] },
      { what: 'use all of AWS X-Ray', calls: [calls(['xray:*'], ['*'])] },
    ],
  };
}

/**
 * Calls that any function can be granted. AWSLambdaBasicExecutionRole lets a function write to every log group; the CDK
 * attaches it to each function, so writing to any log is acceptable.
 */
const harmless: readonly Calls[] = [
  calls(['logs:CreateLogGroup*', 'logs:CreateLogStream*', 'logs:PutLogEvents*'], ['*']),
  calls(['xray:PutTraceSegments*', 'xray:PutTelemetryRecords*', 'xray:GetSampling*'], ['*']),
  calls(['cloudwatch:PutMetricData*', 'sts:GetCallerIdentity*'], ['*']),
];

const readingTable = [
  ...['dynamodb:Get*', 'dynamodb:BatchGet*', 'dynamodb:Query*', 'dynamodb:Describe*', 'dynamodb:List*'],
  ...['dynamodb:ConditionCheck*', 'dynamodb:PartiQLSelect*'],
];

const readingParameters = ['ssm:GetParameter*', 'ssm:DescribeParameters*', 'ssm:ListTagsForResource*'];

/**
 * Actions on resources that they have nothing to do with, such as those of another service: a statement that lists
 * several of both has no effect for such pairs.
 */
const meaningless: readonly Calls[] = [
  ...['execute-api', 'dynamodb', 'logs', 'xray', 'cloudwatch'].map((service) =>
    callsOf(
      { ...allow([`${service}:*`], [`arn:*:${service}:*:*:*`, literalAsterisk]), isNotResource: true },
      unknown,
      false,
    ),
  ),
  // The address of an API instead of its id: `api.apiEndpoint` for `api.apiId`.
  calls(['execute-api:*'], ['arn:*:execute-api:*:*:*://*']),
  callsOf({ ...allow(['ssm:*Parameter*'], ['arn:*:ssm:*:*:*', literalAsterisk]), isNotResource: true }, unknown, false),
  callsOf({ ...allow(['execute-api:*'], ['arn:*:execute-api:*:*:*']), isNotAction: true }, unknown, false),
];

function calls(actions: readonly string[], resources: readonly string[]): Calls {
  return callsOf(allow(actions, resources), unknown, false);
}

function allow(actions: readonly string[], resources: readonly string[]) {
  return {
    effect: 'Allow',
    index: 0,
    actions,
    isNotAction: false,
    resources,
    isNotResource: false,
    variables: true,
  } as const;
}

function unknown(): undefined {
  return undefined;
}
