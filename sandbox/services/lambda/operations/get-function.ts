import { pathToFileURL } from 'node:url';
import type { GetFunctionRequest, GetFunctionResponse } from '@aws-sdk/client-lambda';
import { operation } from '../../../calls/operation.ts';
import { toConfiguration } from '../configuration.ts';
import { findVersion, functionArn } from '../function-name.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html. The code's location is a `file:` URL: the zip is
 * on this machine.
 */
export const getFunction = operation<GetFunctionRequest, GetFunctionResponse, 'store' | 'blobs' | 'address'>({
  resource: functionArn,
  run(input, call) {
    const { record, version, qualifier } = findVersion(input, call);
    return {
      Configuration: toConfiguration(record, version, call.address, qualifier),
      Code: { RepositoryType: 'S3', Location: pathToFileURL(call.blobs.path(version.code)).href },
      ...(Object.keys(record.tags).length === 0 ? {} : { Tags: record.tags }),
      ...(record.reservedConcurrency === undefined
        ? {}
        : { Concurrency: { ReservedConcurrentExecutions: record.reservedConcurrency } }),
    };
  },
});
