import { AwsError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { s3Arn } from '../bucket.ts';
import { requireObject } from '../object.ts';
import { answerHeaders, isNotModified, type ReadInput } from '../object-headers.ts';

interface Input extends ReadInput {
  readonly Bucket: string;
  readonly Key: string;
  /** `bytes=0-99` */
  readonly Range?: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject = operation<Input, RestXmlOutput, 'store' | 'blobs' | 'callerPolicies' | 'clock'>({
  resource: s3Arn,
  async run(input, call) {
    const object = requireObject(input, call);
    const headers = answerHeaders(object, input);
    if (isNotModified(object, input)) return { status: 304, headers };
    const bytes = await call.blobs.get(object.blob);
    const range = rangeOf(input.Range, bytes.length);
    if (range === undefined) {
      const checksums = input.ChecksumMode === 'ENABLED' ? object.checksums : {};
      return { headers: { ...headers, ...checksums }, body: bytes };
    }
    const [start, end] = range;
    return {
      status: 206,
      headers: { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.length}` },
      body: bytes.subarray(start, end + 1),
    };
  },
});

/** The first and last byte of a range; undefined for everything. S3 ignores invalid ranges. */
function rangeOf(range: string | undefined, size: number): [start: number, end: number] | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
  if (parts === null || (parts[1] === '' && parts[2] === '')) return undefined;
  const [, from = '', to = ''] = parts;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416, {
      RangeRequested: range,
      ActualObjectSize: size,
    });
  }
  return end < start ? undefined : [start, end];
}
