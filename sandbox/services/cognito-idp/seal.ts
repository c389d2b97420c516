import { CompactEncrypt, compactDecrypt } from 'jose';
import type { PoolKeysRecord } from './records.ts';

/** A value that a pool issues sealed: a refresh token, a challenge's session. */
export interface Sealed {
  readonly kind: 'refresh' | 'srp' | 'new-password';
  /** Seconds since 1970. */
  readonly exp: number;
}

/** Five parts of base64url, like Cognito's refresh tokens. Only this pool can read them. */
export async function seal<T extends Sealed>(content: T, { secret }: Pick<PoolKeysRecord, 'secret'>): Promise<string> {
  return new CompactEncrypt(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({ cty: 'JWT', enc: 'A256GCM', alg: 'A256GCMKW' })
    .encrypt(Buffer.from(secret, 'base64url'));
}

/** Returns the sealed value, expired or not; undefined if this pool didn't seal it for that purpose. */
export async function unseal<T extends Sealed>(
  sealed: string,
  kind: T['kind'],
  { secret }: Pick<PoolKeysRecord, 'secret'>,
): Promise<T | undefined> {
  try {
    const { plaintext } = await compactDecrypt(sealed, Buffer.from(secret, 'base64url'), {
      keyManagementAlgorithms: ['A256GCMKW'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const content = JSON.parse(Buffer.from(plaintext).toString('utf8')) as T;
    return content.kind === kind ? content : undefined;
  } catch {
    return undefined;
  }
}
