import type { Call } from '../../calls/context.ts';
import { digest } from '../../state/digest.ts';
import type { StoredBytes } from './records.ts';

/** Checksums sent with bytes; they were already verified. */
export interface ChecksumInput {
  readonly ChecksumCRC32?: string;
  readonly ChecksumCRC32C?: string;
  readonly ChecksumCRC64NVME?: string;
  readonly ChecksumSHA1?: string;
  readonly ChecksumSHA256?: string;
}

/** Stores the bytes of an object or a part, and returns their metadata. */
export async function storeBytes(
  input: ChecksumInput & { readonly Body?: Buffer },
  call: Call<'blobs' | 'clock'>,
): Promise<StoredBytes> {
  const { Body = Buffer.alloc(0) } = input;
  const given = {
    'x-amz-checksum-crc32': input.ChecksumCRC32,
    'x-amz-checksum-crc32c': input.ChecksumCRC32C,
    'x-amz-checksum-crc64nvme': input.ChecksumCRC64NVME,
    'x-amz-checksum-sha1': input.ChecksumSHA1,
    'x-amz-checksum-sha256': input.ChecksumSHA256,
  };
  return {
    blob: await call.blobs.put(Body),
    Size: Body.length,
    ETag: `"${await digest('md5', Body, 'hex')}"`,
    LastModified: call.clock.now().toISOString(),
    checksums: Object.fromEntries(
      Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  };
}
