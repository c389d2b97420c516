import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';
import { makeUser } from './callers.ts';

const account = await testAccount();

test('of several objects, those that may be deleted are, and the others are listed', async () => {
  const Bucket = 'bucket';
  const s3 = new S3Client({ ...account.client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Key of ['mine/1', 'mine/2', 'yours']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  const allowed = { Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::bucket/mine/*' };
  const user = await makeUser(account, 'tidy', [allowed]);
  const Objects = ['mine/1', 'yours', 'mine/2'].map((Key) => ({ Key }));
  const answer = await new S3Client({ ...user, forcePathStyle: true }).send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects } }),
  );
  expect(answer.Deleted).toEqual([{ Key: 'mine/1' }, { Key: 'mine/2' }]);
  expect(answer.Errors).toEqual([
    {
      Key: 'yours',
      Code: 'AccessDenied',
      Message:
        'User: arn:aws:iam::111122223333:user/tidy is not authorized to perform: s3:DeleteObject on resource: "arn:aws:s3:::bucket/yours" because no identity-based policy allows the s3:DeleteObject action',
    },
  ]);
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents?.map(({ Key }) => Key)).toEqual(['yours']);
});
