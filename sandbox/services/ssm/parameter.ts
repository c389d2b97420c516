import type { Parameter } from '@aws-sdk/client-ssm';
import { type Call, regional } from '../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../calls/errors.ts';
import { type ParameterRecord, type ParameterVersion, parameters } from './records.ts';

type Regional = { readonly accountId: string; readonly region: string };

/** The ARN of a parameter: a leading slash in the name isn't doubled. */
export function parameterArn(name: string | undefined, { accountId, region }: Regional): string {
  const { name: plain } = parseName(name ?? '*');
  return `arn:aws:ssm:${region}:${accountId}:parameter${plain.startsWith('/') ? '' : '/'}${plain}`;
}

/** `name`, `name:3` or an ARN of either, parsed. */
export function parseName(given: string): { name: string; version: number | undefined } {
  const [, inArn] = /^arn:aws:ssm:[^:]*:\d*:parameter(\/.+)$/.exec(given) ?? [];
  const [plain = '', selector] = (inArn ?? given).split(':');
  if (selector !== undefined && !/^\d+$/.test(selector))
    throw new UnsupportedError('labels of Systems Manager parameters');
  return { name: plain, version: selector === undefined ? undefined : Number(selector) };
}

/** The parameter for a name or an ARN, with the requested version; undefined if there is none. */
export function findParameter(
  given: string,
  call: Call<'store'>,
): { record: ParameterRecord; version: ParameterVersion } | undefined {
  const { name, version: asked } = parseName(given);
  // The ARN doesn't distinguish `/name` from `name`.
  const names = given.startsWith('arn:') ? [name, name.slice(1)] : [name];
  const record = names.map((one) => parameters.get(call.store, regional(call), one)).find((one) => one !== undefined);
  if (record === undefined) return undefined;
  const version =
    asked === undefined ? record.versions.at(-1) : record.versions.find(({ Version }) => Version === asked);
  if (version === undefined) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${asked} of ${name}. Verify the version and try again.`,
    );
  }
  return { record, version };
}

/** A parameter in responses. */
export function describe(
  record: ParameterRecord,
  version: ParameterVersion,
  call: Regional,
  given?: string,
): Parameter {
  const { name, version: asked } = given === undefined ? { name: record.Name, version: undefined } : parseName(given);
  return {
    Name: record.Name,
    Type: version.Type,
    Value: version.Value,
    Version: version.Version,
    Selector: asked === undefined ? undefined : `:${asked}`,
    LastModifiedDate: new Date(version.LastModifiedDate),
    ARN: parameterArn(record.Name ?? name, call),
    DataType: version.DataType,
  };
}

/** AWS's error for an unknown name. */
export function notFound(): AwsError {
  return new AwsError('ParameterNotFound', '');
}
