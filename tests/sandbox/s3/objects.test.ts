import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { testAccount } from '../../account.ts';

const Bucket = 'minutes-of-meetings';

const account = await testAccount();
const s3 = new S3Client({ ...account.client, forcePathStyle: true });
await s3.send(new CreateBucketCommand({ Bucket }));

test('a bucket is listed, found and encrypted by default', async () => {
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  expect(Buckets?.map(({ Name }) => Name)).toContain(Bucket);
  await s3.send(new HeadBucketCommand({ Bucket }));
  await expect(s3.send(new HeadBucketCommand({ Bucket: 'nobody-made-this' }))).rejects.toMatchObject({
    name: 'NotFound',
  });
  const encryption = {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const }, BucketKeyEnabled: true }],
  };
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: encryption }));
  const read = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  expect(read.ServerSideEncryptionConfiguration).toEqual(encryption);
});

test.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
  'an object put with %s is read as it was put',
  async (ChecksumAlgorithm) => {
    const Key = `a folder/${ChecksumAlgorithm} ü+?.txt/`;
    const put = await s3.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: 'hello',
        ContentType: 'text/plain',
        Metadata: { by: 'me' },
        ChecksumAlgorithm,
      }),
    );
    expect(put.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(await got.Body?.transformToString()).toBe('hello');
    expect(got).toMatchObject({ ContentType: 'text/plain', ContentLength: 5, Metadata: { by: 'me' } });
    expect(got[`Checksum${ChecksumAlgorithm}`]).toBe(put[`Checksum${ChecksumAlgorithm}`]);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentLength: 5, ETag: put.ETag });
    const part = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=1-2' }));
    expect(await part.Body?.transformToString()).toBe('el');
  },
);

test('bytes that do not match their checksum are rejected', async () => {
  const put = new PutObjectCommand({
    Bucket,
    Key: 'wrong',
    Body: 'hello',
    ChecksumSHA256: Buffer.alloc(32).toString('base64'),
  });
  await expect(s3.send(put)).rejects.toMatchObject({ name: 'BadDigest' });
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'wrong' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test.each([
  [{ ContentMD5: 'x' }, 'InvalidDigest'],
  [{ ContentMD5: Buffer.alloc(16).toString('base64') }, 'BadDigest'],
  [{ Metadata: { about: 'x'.repeat(2044) } }, 'MetadataTooLarge'],
])('an object put with %j is rejected', async (headers, name) => {
  const put = new PutObjectCommand({ Bucket, Key: 'rejected', Body: 'hello', ...headers });
  await expect(s3.send(put)).rejects.toMatchObject({ name });
});

test.each(['xn--abc', 'abc-s3alias', 'amzn-s3-demo-abc'])('a bucket cannot be named %s', async (name) => {
  await expect(s3.send(new CreateBucketCommand({ Bucket: name }))).rejects.toMatchObject({ name: 'InvalidBucketName' });
});

test('an object that must be new is created once', async () => {
  const put = () => s3.send(new PutObjectCommand({ Bucket, Key: 'once', Body: '1', IfNoneMatch: '*' }));
  const outcomes = await Promise.allSettled([put(), put(), put()]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('objects are listed by prefix, by folder and by page', async () => {
  for (const name of ['2026/a', '2026/b', '2026/c/1', '2026/c/2', '2027/a']) {
    await s3.send(new PutObjectCommand({ Bucket, Key: `list/${name}`, Body: name }));
  }
  const folder = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/2026/', Delimiter: '/' }));
  expect(folder.Contents?.map(({ Key }) => Key)).toEqual(['list/2026/a', 'list/2026/b']);
  expect(folder.CommonPrefixes).toEqual([{ Prefix: 'list/2026/c/' }]);
  const keys: Array<string | undefined> = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 2, ContinuationToken }));
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  expect(keys).toHaveLength(5);
  const owned = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/2027/', FetchOwner: true }));
  expect(owned.Contents?.[0]?.Owner).toEqual({ ID: '111122223333' });
  const wrong = new ListObjectsV2Command({ Bucket, ContinuationToken: 'zz' });
  await expect(s3.send(wrong)).rejects.toMatchObject({ name: 'InvalidArgument' });
});

test('a large object arrives in parts', async () => {
  const Key = 'large';
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'application/zip' }));
  const bodies = [Buffer.alloc(5 * 1024 * 1024, 'a'), Buffer.from('the end')];
  const Parts = await Promise.all(
    bodies.map(async (Body, index) => {
      const PartNumber = index + 1;
      const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
      return { PartNumber, ETag };
    }),
  );
  const done = await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  expect(done.ETag).toMatch(/-2"$/);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
  expect(bytes.equals(Buffer.concat(bodies))).toBe(true);
});

test('the bucket is found in the host name', async () => {
  const virtual = ledBack();
  await virtual.send(new PutObjectCommand({ Bucket, Key: 'virtual/host', Body: 'found' }));
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'virtual/host' }));
  expect(await got.Body?.transformToString()).toBe('found');
});

test('a bucket can be deleted when it is empty', async () => {
  await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const [first, ...others] = Contents.map(({ Key }) => ({ Key: Key ?? '' }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: first?.Key ?? '' }));
  const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: others } }));
  expect(Deleted).toHaveLength(others.length);
  await s3.send(new DeleteBucketCommand({ Bucket }));
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'x' }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
});

test('unsupported operations say so', async () => {
  const ours = 'cdk-hnb659fds-assets-111122223333-us-east-1';
  const versioning = new PutBucketVersioningCommand({ Bucket: ours, VersioningConfiguration: { Status: 'Enabled' } });
  await expect(s3.send(versioning)).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining('PutBucketVersioning'),
  });
  const elsewhere = new S3Client({ ...account.client, region: 'eu-west-1', forcePathStyle: true });
  await expect(elsewhere.send(new ListObjectsV2Command({ Bucket: ours }))).rejects.toMatchObject({
    name: 'PermanentRedirect',
  });
});

/**
 * A client for AWS's own addresses, whose requests are redirected to the practice account with the original Host, as
 * functions' are.
 */
function ledBack(): S3Client {
  const { accessKeyId, secretAccessKey } = account.identity;
  const client = new S3Client({ region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } });
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { protocol: 'http:', hostname: '127.0.0.1', port: account.port });
      return next(args);
    },
    { step: 'deserialize', priority: 'low' },
  );
  return client;
}

test.each([
  ['k'.repeat(1025), 'KeyTooLongError'],
  ['with\u0000nul', 'InvalidArgument'],
])('an invalid key is rejected, whichever way it is sent', async (Key, name) => {
  const Bucket = `keys-${name.toLowerCase()}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  await expect(s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))).rejects.toMatchObject({ name });
  await expect(s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))).rejects.toMatchObject({ name });
});
