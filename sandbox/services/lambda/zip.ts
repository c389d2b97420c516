import type { FunctionCode } from '@aws-sdk/client-lambda';
import type { Call } from '../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../calls/errors.ts';
import type { RestXmlOutput } from '../../protocols/rest-xml.ts';
import { invalid } from './function-name.ts';
import { unpack } from './unpack.ts';
import { MalformedZipError, readDirectory } from './zip-directory.ts';

/** Where a zip can come from. Over the wire its bytes are base64; internal calls can pass bytes. */
export type CodeInput = Omit<FunctionCode, 'ZipFile'> & { readonly ZipFile?: string | Uint8Array | undefined };

const largestZip = 50 * 1024 * 1024;
const largestUnzipped = 262_144_000;

/** The bytes of a valid zip; throws Lambda's errors for others. */
export async function readZip(code: CodeInput, call: Pick<Call, 'perform'>): Promise<Buffer> {
  for (const source of ['ImageUri', 'SourceKMSKeyArn', 'S3ObjectStorageMode'] as const) {
    if (source in code && (code as Record<string, unknown>)[source] !== undefined) {
      throw new UnsupportedError(`Lambda functions with Code.${source}`);
    }
  }
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion } = code;
  if (ZipFile !== undefined) return checked(bytesOf(ZipFile));
  if (S3Bucket === undefined || S3Key === undefined) throw invalid('Please provide a source for function code.');
  try {
    const object = { Bucket: S3Bucket, Key: S3Key, VersionId: S3ObjectVersion };
    const { body } = await call.perform<RestXmlOutput>('s3', 'GetObject', object);
    return await checked(body ?? Buffer.alloc(0));
  } catch (error) {
    if (!(error instanceof AwsError) || error.status === 501 || error.name === 'InvalidParameterValueException')
      throw error;
    throw invalid(`Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`);
  }
}

function bytesOf(zip: string | Uint8Array): Buffer {
  if (typeof zip === 'string') return Buffer.from(zip, 'base64');
  return Buffer.isBuffer(zip) ? zip : Buffer.from(zip);
}

/** Every entry is unpacked once, as Lambda does now and we do when the function runs: broken ones are detected here. */
async function checked(zip: Buffer): Promise<Buffer> {
  if (zip.length > largestZip) {
    throw new AwsError('RequestEntityTooLargeException', `Zipped size must be smaller than ${largestZip} bytes`, 413);
  }
  try {
    const entries = await readDirectory(zip);
    const size = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (size === 0) throw invalid('Uploaded file must be a non-empty zip');
    if (size > largestUnzipped) throw invalid(`Unzipped size must be smaller than ${largestUnzipped} bytes`);
    for (const entry of entries) await unpack(entry);
  } catch (error) {
    if (!(error instanceof MalformedZipError)) throw error;
    throw invalid('Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
  return zip;
}
