import { check, type Room, type StackResource, type Subject } from '../../check.ts';
import { openRoom } from '../../observe/room.ts';
import { observeSender, type Sender } from '../../observe/sender.ts';
import { type Answer, type Probe, simulate, simulated } from '../../observe/simulate.ts';
import { docs } from '../docs.ts';
import { MANAGE_CONNECTIONS, posting } from './connections.ts';

export interface Observation {
  readonly room: Room;
  /** The function that speaks, with what IAM says of each probe; undefined where the route calls none. */
  readonly sender?: Pick<Sender, 'logicalId' | 'roleArn' | 'roleName'>;
  /** The logical id of the role, where the file makes it apart from the function. */
  readonly apart?: string;
  readonly answers: readonly Answer[];
}

export const noMoreThanNeeded = check<Observation>({
  id: 'no-more-than-needed',
  title: 'The function that speaks may no more than it needs',
  needs: ['room-is-deployed'],
  expected:
    "The function's role is denied what speaking does not need: the connections of other APIs, other tables, deleting a table, and a handful of calls to IAM, S3, Lambda and STS.",
  async observe(subject) {
    const room = openRoom(subject);
    const sender = await observeSender(subject, room);
    if (sender === undefined) return { room, answers: [] };
    const role = subject.resources.find(
      ({ type, physicalId }) => type === 'AWS::IAM::Role' && physicalId === sender.roleName,
    );
    const probes = probesOf(sender, room, subject.target.region, subject.resources);
    return {
      room,
      sender,
      ...(role === undefined || isMadeWith(sender, role, subject) ? {} : { apart: role.logicalId }),
      answers: await simulate(subject, sender, probes),
    };
  },
  judge({ room, sender, apart, answers }) {
    if (sender === undefined) {
      return {
        outcome: 'failed',
        actual: 'The API has no route sendmessage that calls a function.',
        evidence: [],
        at: room.api,
      };
    }
    const allowed = answers.filter((answer) => answer.decision === 'allowed');
    const unknown = answers.filter((answer) => answer.decision === 'unknown');
    const at = apart ?? sender.logicalId ?? room.api;
    if (allowed.length > 0) {
      const evidence = [simulated(sender, allowed)];
      return {
        outcome: 'failed',
        actual: tooMuch(sender.roleName, apart !== undefined, allowed, answers.length),
        evidence,
        at,
      };
    }
    const evidence = [simulated(sender, answers)];
    if (unknown.length === answers.length) {
      return {
        outcome: 'inconclusive',
        reason: `What the role ${sender.roleName} may cannot be told: ${unknown[0]?.why ?? 'IAM gave no answer'}.`,
        next: 'Ask who is in charge of that policy, or check in an account that is free of it.',
      };
    }
    return {
      outcome: 'passed',
      actual: `The role ${sender.roleName} is denied all that was tried.`,
      evidence,
      at,
      ...(unknown.length === 0
        ? {}
        : { remark: `${unknown.length} of ${answers.length} could not be told: ${unknown[0]?.why}.` }),
    };
  },
  hints: [
    'People hear each other, and the function could do more than speak to them. Whoever finds a way to make it do what they want has all of that.',
    'The check lists what it tried and was allowed, and the policy that allows it. Find where labs/02-lambda-permissions/stack.ts gives that policy to the role of the function.',
    'A statement allows actions on resources. Least privilege is both: the one action, execute-api:ManageConnections, and the one resource, the connections of this API. A `*` in either place, or a policy such as AdministratorAccess, allows what nobody asked for.',
    `In place of the wide policy, after the stage in stack.ts:

stage.grantManagementApiAccess(sendMessage);`,
  ],
  docs: docs(
    '02-lambda-permissions',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  ),
});

/** Calls that the room never makes. The names are nobody's, but for what belongs to the stack. */
function probesOf(sender: Sender, { stageName }: Room, region: string, resources: readonly StackResource[]): Probe[] {
  const [, partition = 'aws', , , account = ''] = sender.roleArn.split(':');
  const arn = (service: string, name: string, where = region) =>
    `arn:${partition}:${service}:${where}:${account}:${name}`;
  const someRole = arn('iam', 'role/lab-probe', '');
  const bucket = `arn:${partition}:s3:::lab-probe`;
  const on = (resource: string, ...actions: string[]) => actions.map((action) => ({ action, resource }));
  const tables = resources.filter(({ type }) => type === 'AWS::DynamoDB::Table');
  return [
    posting(sender, { apiId: 'labprobe00', stageName, region }),
    ...on(arn('execute-api', `labprobe00/${stageName}/GET/`), 'execute-api:Invoke'),
    ...on(
      arn('dynamodb', 'table/lab-probe'),
      'dynamodb:GetItem',
      'dynamodb:Scan',
      'dynamodb:PutItem',
      'dynamodb:DeleteItem',
    ),
    ...tables.flatMap(({ physicalId }) => on(arn('dynamodb', `table/${physicalId}`), 'dynamodb:DeleteTable')),
    ...on(arn('iam', 'user/lab-probe', ''), 'iam:CreateUser', 'iam:CreateAccessKey'),
    ...on(sender.roleArn, 'iam:PutRolePolicy', 'iam:AttachRolePolicy'),
    ...on(someRole, 'iam:PassRole', 'sts:AssumeRole'),
    ...on('*', 's3:ListAllMyBuckets'),
    ...on(`${bucket}/object`, 's3:GetObject', 's3:PutObject'),
    ...on(bucket, 's3:DeleteBucket'),
    ...on(sender.functionArn, 'lambda:UpdateFunctionCode'),
    ...on(arn('lambda', 'function:lab-probe'), 'lambda:InvokeFunction'),
  ];
}

type Allowed = Extract<Answer, { decision: 'allowed' }>;

function tooMuch(roleName: string, apart: boolean, allowed: readonly Allowed[], tried: number): string {
  const through = [...new Set(allowed.flatMap(({ by }) => by))].join(', ');
  const by = through === '' ? '' : `, through ${through}`;
  if (allowed.length === tried) {
    return apart
      ? `The function runs as ${roleName}, a role that may do everything that was tried${by}.`
      : `The role ${roleName} may do everything that was tried${by}.`;
  }
  const actions = [...new Set(allowed.map(({ action }) => action))];
  if (actions.every((action) => action === MANAGE_CONNECTIONS)) {
    return `The role ${roleName} may post to the connections of every API, not of this one only${by}.`;
  }
  if (actions.every((action) => action.startsWith('execute-api:'))) {
    return `The role ${roleName} may do more than post, and to every API: ${actions.join(', ')}${by}.`;
  }
  return `The role ${roleName} may more than it needs: ${listed(actions)}${by}.`;
}

function listed([first = '', second, ...more]: readonly string[]): string {
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`;
}

/** Whether the CDK made the role inside of the function, where none was named. */
function isMadeWith({ logicalId }: Sender, role: StackResource, { locate }: Pick<Subject, 'locate'>): boolean {
  const [made, maker] = [locate(role.logicalId), logicalId === undefined ? undefined : locate(logicalId)];
  return maker?.construct !== undefined && made?.construct?.startsWith(`${maker.construct}/`) === true;
}
