import { randomBytes } from 'node:crypto';
import type { Room, StackResource } from '../../checking/check.ts';
import type { Sender } from '../../observe/sender.ts';
import type { Probe } from '../../observe/simulate.ts';
import { posting } from './connections.ts';

// Calls that the room never makes, asked of IAM and made by nobody.

/** Where they are made. */
interface Place {
  readonly sender: Pick<Sender, 'roleArn' | 'functionArn'>;
  readonly room: Pick<Room, 'apiId' | 'stageName'>;
  readonly region: string;
}

/** To come in as a client does. This room asks nobody who they are, so to be allowed it gives nothing. */
export function callingIt({ sender, room: { apiId, stageName }, region }: Place): Probe {
  const arn = arnsOf(sender, region);
  return { action: 'execute-api:Invoke', resource: arn('execute-api', `${apiId}/${stageName}/$connect`) };
}

/**
 * The names are nobody's, but for what belongs to the stack, to its API and to the CDK, and new each time: what a policy
 * says of a name that it knows, it says of no other.
 */
export function probesOf(place: Place, resources: readonly StackResource[]): Probe[] {
  const { sender, room, region } = place;
  const arn = arnsOf(sender, region);
  const account = sender.roleArn.split(':')[4] ?? '';
  const name = aName();
  const bucket = arn('s3', name, '', '');
  const tables = resources.filter(({ type }) => type === 'AWS::DynamoDB::Table');
  return [
    posting(sender, { apiId: name, stageName: room.stageName, region }),
    ...on(arn('execute-api', `${name}/${room.stageName}/GET/`), 'execute-api:Invoke'),
    ...on(
      arn('apigateway', `/apis/${room.apiId}/routes/${name}`, region, ''),
      'apigateway:GET',
      'apigateway:PATCH',
      'apigateway:DELETE',
    ),
    ...on(arn('dynamodb', `table/${name}`), ...rows),
    ...tables.flatMap(({ physicalId }) =>
      on(arn('dynamodb', `table/${physicalId}`), 'dynamodb:DeleteTable', 'dynamodb:UpdateTable'),
    ),
    ...on(arn('iam', `user/${name}`, ''), 'iam:CreateUser', 'iam:CreateAccessKey'),
    ...on(sender.roleArn, ...rewriting, 'iam:GetRolePolicy'),
    ...on(arn('iam', `role/${name}`, ''), 'iam:PassRole', 'sts:AssumeRole'),
    // By this role of its bootstrap the CDK deploys whatever it is told to.
    ...on(arn('iam', `role/cdk-hnb659fds-deploy-role-${account}-${region}`, ''), 'sts:AssumeRole'),
    ...on(
      '*',
      's3:ListAllMyBuckets',
      'ec2:RunInstances',
      'cloudformation:ListStacks',
      'cognito-idp:ListUserPools',
      'dynamodb:ListTables',
      'kms:Decrypt',
      'lambda:ListFunctions',
      'ses:SendEmail',
      'sns:Publish',
      'sqs:SendMessage',
    ),
    ...on(`${bucket}/object`, 's3:GetObject', 's3:PutObject'),
    ...on(bucket, 's3:DeleteBucket'),
    ...on(sender.functionArn, 'lambda:UpdateFunctionCode', 'lambda:GetFunction'),
    ...on(arn('lambda', `function:${name}`), 'lambda:InvokeFunction'),
    ...on(arn('secretsmanager', `secret:${name}`), 'secretsmanager:GetSecretValue'),
    ...on(arn('ssm', `parameter/${name}`), 'ssm:GetParameter'),
    ...on(arn('cloudformation', `stack/${name}/${name}`), 'cloudformation:DeleteStack'),
  ];
}

/** Of as many names is asked at most: IAM takes few simulations a second. */
const MOST = 12;

/** A call on what a policy names. */
export interface NamedProbe extends Probe {
  /** As the policy has it, with its wildcards. */
  readonly pattern: string;
}

/** Calls on what a policy names, by ARN with wildcards, and what is none of the room's; none on what is not asked for here. */
export function probesOfNamed(place: Place, named: readonly string[]): NamedProbe[] {
  const asked = named.map((pattern) => callsOn(pattern, place).map((probe) => ({ ...probe, pattern })));
  return asked
    .filter((calls) => calls.length > 0)
    .slice(0, MOST)
    .flat();
}

/** Calls that make something else of the functions and roles of the stack itself which the role's policies name. */
export function probesOfOwn(own: readonly string[]): NamedProbe[] {
  return own.flatMap((pattern) => {
    // A function may be named with its versions: `…:function:chat-Connect:*`.
    const resource = pattern.split(':').slice(0, 7).join(':').replace(/\*$/, '');
    const [, , service, , , kind = ''] = resource.split(':');
    const calls =
      service === 'lambda' && kind === 'function'
        ? ['lambda:UpdateFunctionCode']
        : service === 'iam' && kind.startsWith('role/')
          ? [...rewriting, 'iam:PassRole']
          : [];
    return on(resource, ...calls).map((probe) => ({ ...probe, pattern }));
  });
}

function callsOn(pattern: string, place: Place): Probe[] {
  const [, , service = '', region = '', account = '', ...rest] = pattern.split(':');
  const { sender } = place;
  const resource = rest.join(':').replaceAll('*', aName).replaceAll('?', 'x');
  const own = sender.roleArn.split(':')[4] ?? '';
  const where = region === '*' ? place.region : region;
  const arn = (of: string) => arnsOf(sender, where)(service, of, where, account.includes('*') ? own : account);
  const [first = '', second = ''] = resource.split('/');
  switch (service) {
    case 'execute-api':
      return [posting(sender, { apiId: first, stageName: second || place.room.stageName, region: where })];
    case 'dynamodb':
      return on(arn(`table/${second}`), ...rows);
    case 's3':
      return [...on(arn(`${first}/object`), 's3:GetObject', 's3:PutObject'), ...on(arn(first), 's3:DeleteBucket')];
    case 'iam':
      return first === 'role' ? on(arn(resource), 'sts:AssumeRole', 'iam:PassRole') : [];
    case 'lambda':
      return on(arn(resource), 'lambda:InvokeFunction', 'lambda:UpdateFunctionCode');
    case 'secretsmanager':
      return on(arn(resource), 'secretsmanager:GetSecretValue');
    case 'ssm':
      return on(arn(resource), 'ssm:GetParameter');
    case 'sns':
      return on(arn(resource), 'sns:Publish');
    case 'sqs':
      return on(arn(resource), 'sqs:SendMessage', 'sqs:ReceiveMessage');
    case 'kms':
      return on(arn(resource), 'kms:Decrypt');
    case 'events':
      return on(arn(resource), 'events:PutEvents');
    case 'states':
      return on(arn(resource), 'states:StartExecution');
    default:
      return [];
  }
}

/** Calls that let a role do whatever the caller likes. */
const rewriting = ['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'];

const rows = [
  ...['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'],
  ...['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
];

/** As long as an API's id. */
function aName(): string {
  return BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(10, 'a')
    .slice(-10);
}

function arnsOf({ roleArn }: Pick<Sender, 'roleArn'>, region: string) {
  const [, partition = 'aws', , , own = ''] = roleArn.split(':');
  return (service: string, name: string, where = region, account = own) =>
    `arn:${partition}:${service}:${where}:${account}:${name}`;
}

function on(resource: string, ...actions: string[]): Probe[] {
  return actions.map((action) => ({ action, resource }));
}
