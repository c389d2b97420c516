import { type Call, regional } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import { type LogGroupRecord, type LogStreamRecord, logGroups, logStreams, streamArn } from './records.ts';

type Reading = Pick<Call<'store'>, 'store' | 'accountId' | 'region'>;

interface GroupInput {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}

/** CloudWatch Logs' InvalidParameterException. */
export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** The group name in a request: a name, or an ARN with or without `:*`. */
export function groupName({ logGroupName, logGroupIdentifier }: GroupInput): string {
  const text = logGroupName ?? logGroupIdentifier;
  if (text === undefined || text === '') throw invalid('Either logGroupName or logGroupIdentifier is required.');
  return text.startsWith('arn:') ? nameInArn(text) : text;
}

/** The name in a group's ARN, as used for tagging. */
export function nameInArn(arn: string | undefined): string {
  const name = /^arn:aws[\w-]*:logs:[\w-]+:\d{12}:log-group:([^:*]+)(:\*)?$/.exec(arn ?? '')?.[1];
  if (name === undefined) throw invalid(`Invalid log group ARN: ${arn}`);
  return name;
}

/** Returns the group with that name; throws ResourceNotFoundException. */
export function findGroup(name: string, call: Reading): LogGroupRecord {
  const group = logGroups.get(call.store, regional(call), name);
  if (group === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  return group;
}

/** Returns the stream with that name; throws ResourceNotFoundException. */
export function findStream(group: LogGroupRecord, name: string | undefined, call: Reading): LogStreamRecord {
  const stream = logStreams.get(call.store, group, name ?? '');
  if (stream === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  return stream;
}

/** The ARN for IAM: CloudWatch Logs authorizes on a group as on a stream of it without a name. */
export function groupResource(input: GroupInput, call: Reading): string {
  return streamArn(call, groupName(input), '');
}

/** The ARN for IAM, for requests about one stream. */
export function streamResource(
  input: GroupInput & { readonly logStreamName?: string | undefined },
  call: Reading,
): string {
  return streamArn(call, groupName(input), input.logStreamName ?? '');
}
