import { type Call, regional } from '../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../calls/errors.ts';
import { type ParameterRecord, parameters } from './records.ts';

/** Returns the parameter whose tags a request is about. Throws InvalidResourceId if there is none. */
export function taggedParameter(
  {
    ResourceType,
    ResourceId = '',
  }: { readonly ResourceType?: string | undefined; readonly ResourceId?: string | undefined },
  call: Call<'store'>,
): ParameterRecord {
  if (ResourceType !== 'Parameter') throw new UnsupportedError(`tags of Systems Manager's ${ResourceType}`);
  const record = parameters.get(call.store, regional(call), ResourceId);
  if (record === undefined) throw new AwsError('InvalidResourceId', '');
  return record;
}
