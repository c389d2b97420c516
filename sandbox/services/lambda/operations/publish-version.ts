import type { FunctionConfiguration, PublishVersionRequest } from '@aws-sdk/client-lambda';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { toConfiguration } from '../configuration.ts';
import { checkRevision, findFunction, functionArn, invalid } from '../function-name.ts';
import { publish } from '../publish.ts';
import { functions } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
export const publishVersion = operation<PublishVersionRequest, FunctionConfiguration, 'store' | 'address'>({
  resource: functionArn,
  async run(input, call) {
    if (input.PublishTo !== undefined) throw new UnsupportedError("PublishVersion's PublishTo");
    const { record, scope } = findFunction(input, call);
    const { latest } = record;
    checkRevision(input.RevisionId, latest.RevisionId, 'GetFunction');
    const sha = Buffer.from(latest.code, 'hex').toString('base64');
    if (input.CodeSha256 !== undefined && input.CodeSha256 !== sha) {
      throw invalid(
        `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${sha}). Please try again with the CodeSHA256 in $LATEST.`,
      );
    }
    const { published, version } = publish(record, input.Description);
    await call.store.commit([functions.put(scope, record.FunctionName, published)]);
    return toConfiguration(published, version, call.address, version.Version);
  },
});
