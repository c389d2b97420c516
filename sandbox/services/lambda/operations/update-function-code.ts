import type { FunctionConfiguration, UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { lastModified, toConfiguration } from '../configuration.ts';
import { checkRevision, findFunction, functionArn } from '../function-name.ts';
import { publish } from '../publish.ts';
import { functions } from '../records.ts';
import { type CodeInput, readZip } from '../zip.ts';

type Input = Omit<UpdateFunctionCodeRequest, 'ZipFile'> & CodeInput;

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export const updateFunctionCode = operation<
  Input,
  FunctionConfiguration,
  'store' | 'blobs' | 'clock' | 'ids' | 'address' | 'functions'
>({
  resource: functionArn,
  async run(input, call) {
    findFunction(input, call);
    if (input.PublishTo !== undefined) throw new UnsupportedError("UpdateFunctionCode's PublishTo");
    const zip = await readZip(input, call);
    const code = await call.blobs.put(zip);
    const { record, scope } = findFunction(input, call);
    checkRevision(input.RevisionId, record.latest.RevisionId, 'GetFunction');
    const latest = {
      ...record.latest,
      code,
      CodeSize: zip.length,
      Architecture: input.Architectures?.[0] ?? record.latest.Architecture,
      LastModified: lastModified(call.clock.now()),
      RevisionId: call.ids.uuid(),
    };
    if (input.DryRun === true) return toConfiguration(record, latest, call.address);
    const changed = { ...record, latest };
    const { published, version } = input.Publish === true ? publish(changed) : { published: changed, version: latest };
    const saved = call.store.commit([functions.put(scope, record.FunctionName, published)]);
    call.functions.retire(record.FunctionArn);
    await saved;
    return toConfiguration(published, version, call.address, version === latest ? undefined : version.Version);
  },
});
