import type { ListBucketsRequest } from '@aws-sdk/client-s3';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { buckets, everywhere } from '../records.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets = operation<ListBucketsRequest, RestXmlOutput, 'store'>({
  action: 's3:ListAllMyBuckets',
  resource: () => '*',
  run({ Prefix = '', BucketRegion, ContinuationToken = '', MaxBuckets = 10_000 }, call) {
    const found = buckets
      .list(call.store, everywhere)
      .filter(({ accountId, Name }) => accountId === call.accountId && Name.startsWith(Prefix))
      .filter(({ Region, Name }) => [Region, undefined].includes(BucketRegion) && Name > ContinuationToken);
    const page = found.slice(0, MaxBuckets);
    return {
      document: {
        ListAllMyBucketsResult: {
          Owner: { ID: call.accountId },
          Buckets: {
            Bucket: page.map(({ Name, CreationDate, Region }) => ({ Name, CreationDate, BucketRegion: Region })),
          },
          ...(Prefix === '' ? {} : { Prefix }),
          ...(page.length < found.length ? { ContinuationToken: page.at(-1)?.Name } : {}),
        },
      },
    };
  },
});
