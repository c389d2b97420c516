import type { CreateFunctionRequest, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { passRole } from '../../../authorization/pass-role.ts';
import { tagging } from '../../../authorization/tagging.ts';
import { regional } from '../../../calls/context.ts';
import { operation } from '../../../calls/operation.ts';
import { configured, defaults, lastModified, toConfiguration } from '../configuration.ts';
import { executionRole } from '../execution-role.ts';
import { conflict, functionArn, parseFunctionName } from '../function-name.ts';
import { type FunctionRecord, functions, type VersionRecord } from '../records.ts';
import { requireTraceable } from '../tracing.ts';
import { type CodeInput, readZip } from '../zip.ts';

type Input = Omit<CreateFunctionRequest, 'Code'> & { readonly Code?: CodeInput };

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const createFunction = operation<
  Input,
  FunctionConfiguration,
  'store' | 'blobs' | 'clock' | 'ids' | 'address' | 'callerPolicies'
>({
  resource: functionArn,
  alsoNeeds: (input, call) => [
    ...passRole(input.Role, 'lambda.amazonaws.com'),
    ...tagging(input.Tags, 'lambda:TagResource', functionArn(input, call)),
  ],
  async run(input, call) {
    const { name } = parseFunctionName(input.FunctionName ?? '');
    const settings = configured<ReturnType<typeof defaults>>(defaults(name), input);
    const role = executionRole(settings.Role, functionArn({ FunctionName: name }, call), call);
    requireTraceable(settings, role, call);
    const zip = await readZip(input.Code ?? {}, call);
    const code = await call.blobs.put(zip);
    const scope = regional(call);
    if (functions.get(call.store, scope, name) !== undefined) throw conflict(`Function already exist: ${name}`);
    const latest: VersionRecord = {
      ...settings,
      Version: '$LATEST',
      code,
      CodeSize: zip.length,
      LastModified: lastModified(call.clock.now()),
      RevisionId: call.ids.uuid(),
    };
    const publishes = input.Publish === true;
    const record: FunctionRecord = {
      FunctionName: name,
      FunctionArn: functionArn({ FunctionName: name }, call),
      latest,
      versions: publishes ? [{ ...latest, Version: '1' }] : [],
      published: publishes ? 1 : 0,
      aliases: {},
      policies: {},
      tags: input.Tags ?? {},
    };
    await call.store.commit([functions.put(scope, name, record)]);
    const [version] = record.versions;
    return version === undefined
      ? toConfiguration(record, latest, call.address)
      : toConfiguration(record, version, call.address, '1');
  },
});
