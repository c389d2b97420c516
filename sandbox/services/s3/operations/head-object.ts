import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { s3Arn } from '../bucket.ts';
import { requireObject } from '../object.ts';
import { answerHeaders, isNotModified, type ReadInput } from '../object-headers.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject = operation<
  ReadInput & { Bucket: string; Key: string },
  RestXmlOutput,
  'store' | 'callerPolicies' | 'clock'
>({
  action: 's3:GetObject',
  resource: s3Arn,
  run(input, call) {
    const object = requireObject(input, call);
    const headers = answerHeaders(object, input);
    if (isNotModified(object, input)) return { status: 304, headers };
    const checksums = input.ChecksumMode === 'ENABLED' ? object.checksums : {};
    return { headers: { ...headers, ...checksums, 'content-length': String(object.Size) } };
  },
});
