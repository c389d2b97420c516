import type { AliasConfiguration, CreateAliasRequest } from '@aws-sdk/client-lambda';
import type { Call } from '../../calls/context.ts';
import { UnsupportedError } from '../../calls/errors.ts';
import { findFunction, findVersion, invalid, notFound } from './function-name.ts';
import type { AliasRecord, FunctionRecord } from './records.ts';

type Reading = Pick<Call<'store'>, 'store' | 'accountId' | 'region'>;

/** Throws if an alias with this input would be invalid. */
export function checkAlias(
  input: Pick<CreateAliasRequest, 'Name' | 'FunctionVersion' | 'RoutingConfig'>,
  record: FunctionRecord,
  call: Reading,
): void {
  if (!/^(?!^\d+$)[a-zA-Z0-9-_]{1,128}$/.test(input.Name ?? '')) {
    throw invalid(`Value '${input.Name}' at 'name' failed to satisfy constraint: (?!^[0-9]+$)([a-zA-Z0-9-_]+)`);
  }
  if (Object.keys(input.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0) {
    throw new UnsupportedError('Lambda aliases with RoutingConfig');
  }
  const version = input.FunctionVersion ?? '';
  if (!/^(\$LATEST|\d+)$/.test(version)) throw invalid(`'${version}' is not a version of the function.`);
  findVersion({ FunctionName: record.FunctionArn, Qualifier: version }, call);
}

/** Returns a request's alias; throws ResourceNotFoundException. */
export function findAlias(
  input: { FunctionName?: string | undefined; Name?: string | undefined },
  call: Reading,
): { record: FunctionRecord; scope: string; alias: AliasRecord } {
  const { record, scope } = findFunction({ FunctionName: input.FunctionName }, call);
  const name = input.Name ?? '';
  const alias = Object.hasOwn(record.aliases, name) ? record.aliases[name] : undefined;
  if (alias === undefined) throw notFound(`Cannot find alias arn: ${record.FunctionArn}:${name}`);
  return { record, scope, alias };
}

/** An alias as GetAlias returns it. */
export function toAlias(record: FunctionRecord, alias: AliasRecord): AliasConfiguration {
  return { AliasArn: `${record.FunctionArn}:${alias.Name}`, ...alias };
}
