import type { Delete, DeleteObjectsRequest } from '@aws-sdk/client-s3';
import { UnsupportedError } from '../../../errors.ts';
import { operation } from '../../../operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';
import { inBucket, objects } from '../records.ts';
import { malformed, xmlBody } from '../xml-body.ts';

type Input = Partial<DeleteObjectsRequest> & { Body?: Buffer };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const deleteObjects = operation<Input, RestXmlOutput, 'store'>({
  action: 's3:DeleteObject',
  resource: (input) => asked(input).keys.map((Key) => s3Arn({ Bucket: input.Bucket, Key })),
  async run(input, call) {
    const scope = inBucket(requireBucket(input, call).Name);
    const { keys, quiet } = asked(input);
    if (keys.length === 0 || keys.length > 1000) throw malformed();
    await call.store.commit(keys.map((key) => objects.remove(scope, key)));
    return { document: { DeleteResult: quiet ? {} : { Deleted: keys.map((Key) => ({ Key })) } } };
  },
});

function asked(input: Input): { keys: string[]; quiet: boolean } {
  const given = (input.Delete ?? xmlBody(input.Body, 'Delete')) as
    | (Delete & { Object?: Delete['Objects']; Quiet?: unknown })
    | undefined;
  const list = given?.Objects ?? given?.Object ?? [];
  if (list.some(({ VersionId }) => VersionId !== undefined && VersionId !== 'null')) {
    throw new UnsupportedError('S3 object versions');
  }
  return { keys: list.map(({ Key }) => String(Key)), quiet: String(given?.Quiet) === 'true' };
}
