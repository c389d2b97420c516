import type { Call } from '../../calls/context.ts';
import { regional } from '../../calls/context.ts';
import { AwsError } from '../../calls/errors.ts';
import { type FunctionRecord, functions, type VersionRecord, versionOf } from './records.ts';

/** A parsed `FunctionName`: a name, a partial ARN or an ARN, each with or without a qualifier. */
export interface FunctionName {
  readonly name: string;
  readonly qualifier: string | undefined;
  readonly accountId: string | undefined;
  readonly region: string | undefined;
}

const form =
  /^(?:arn:aws[a-zA-Z-]*:lambda:(?<region>[a-z]{2}[a-z-]*-\d):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_]{1,64})(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

/** Parses a function's name in any of its forms; throws ValidationException for anything else. */
export function parseFunctionName(text: string): FunctionName {
  const parts = form.exec(text)?.groups;
  if (parts?.name === undefined) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
    );
  }
  return { name: parts.name, qualifier: parts.qualifier, accountId: parts.account, region: parts.region };
}

type Reading = Pick<Call<'store'>, 'store' | 'accountId' | 'region'>;

/** `arn:aws:lambda:…:function:name`, in the caller's account unless the name says otherwise. */
export function functionArn(
  input: { FunctionName?: string; Qualifier?: string },
  call: Omit<Reading, 'store'>,
): string {
  const {
    name,
    qualifier,
    accountId = call.accountId,
    region = call.region,
  } = parseFunctionName(input.FunctionName ?? '');
  const asked = input.Qualifier ?? qualifier;
  return `arn:aws:lambda:${region}:${accountId}:function:${name}${asked === undefined ? '' : `:${asked}`}`;
}

/** Returns a request's function and qualifier. Throws ResourceNotFoundException. */
export function findFunction(
  input: { FunctionName?: string | undefined; Qualifier?: string | undefined },
  call: Reading,
): { record: FunctionRecord; qualifier: string | undefined; scope: string } {
  const parsed = parseFunctionName(input.FunctionName ?? '');
  if (parsed.qualifier !== undefined && input.Qualifier !== undefined && parsed.qualifier !== input.Qualifier) {
    throw invalid('The derived qualifier from the function name does not match the specified qualifier.');
  }
  if (parsed.region !== undefined && parsed.region !== call.region) {
    throw notFound(`Functions from '${parsed.region}' are not reachable in this region ('${call.region}')`);
  }
  const qualifier = input.Qualifier ?? parsed.qualifier;
  const scope = regional({ accountId: parsed.accountId ?? call.accountId, region: call.region });
  const record = functions.get(call.store, scope, parsed.name);
  if (record === undefined) throw missing({ FunctionName: input.FunctionName ?? '' }, call);
  return { record, qualifier, scope };
}

/** Like `findFunction`, with the qualifier's version. */
export function findVersion(
  input: { FunctionName?: string | undefined; Qualifier?: string | undefined },
  call: Reading,
): { record: FunctionRecord; version: VersionRecord; qualifier: string | undefined; scope: string } {
  const found = findFunction(input, call);
  const version = versionOf(found.record, found.qualifier);
  if (version === undefined) {
    throw missing({ FunctionName: found.record.FunctionArn, Qualifier: found.qualifier ?? '' }, call);
  }
  return { ...found, version };
}

function missing(input: { FunctionName: string; Qualifier?: string }, call: Omit<Reading, 'store'>): AwsError {
  return notFound(`Function not found: ${functionArn(input, call)}`);
}

/** Lambda's ResourceNotFoundException. */
export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404, { Type: 'User' });
}

/** Lambda's InvalidParameterValueException. */
export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });
}

/** Lambda's ResourceConflictException. */
export function conflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, 409, { Type: 'User' });
}

/** Throws PreconditionFailedException if the caller's revision isn't the latest. */
export function checkRevision(asked: string | undefined, actual: string | undefined, operation: string): void {
  if (asked === undefined || asked === actual) return;
  throw new AwsError(
    'PreconditionFailedException',
    `The Revision Id provided does not match the latest Revision Id. Call the ${operation} API to retrieve the latest Revision Id`,
    412,
    { Type: 'User' },
  );
}
