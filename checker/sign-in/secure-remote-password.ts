import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * The group of Cognito's USER_SRP_AUTH: the 3072-bit prime of RFC 3526, generator 2
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html).
 */
const prime = BigInt(
  `0x${[
    'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD',
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED',
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F',
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B',
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510',
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7',
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C',
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
  ].join('')}`,
);
const generator = 2n;
const multiplier = number(sha256(padded(prime), padded(generator)));

/** The parameters of the PASSWORD_VERIFIER challenge. */
export interface Challenge {
  readonly SRP_B?: string;
  readonly SALT?: string;
  readonly SECRET_BLOCK?: string;
  readonly USER_ID_FOR_SRP?: string;
}

/** One SRP sign-in: what to send first, and the answer to the challenge. */
export interface SecureRemotePassword {
  /** Hexadecimal: `SRP_A`. */
  readonly a: string;
  answer(
    challenge: Challenge,
    with_: { readonly poolId: string; readonly password: string; readonly now: Date },
  ): Readonly<Record<string, string>>;
}

/** Begins a sign-in that proves knowledge of the password without sending it. */
export function secureRemotePassword(secret = number(randomBytes(128))): SecureRemotePassword {
  const a = power(generator, secret);
  return {
    a: a.toString(16),
    answer({ SRP_B = '', SALT = '', SECRET_BLOCK = '', USER_ID_FOR_SRP = '' }, { poolId, password, now }) {
      const b = BigInt(`0x${SRP_B}`);
      const pool = poolId.slice(poolId.indexOf('_') + 1);
      const identity = sha256(Buffer.from(`${pool}${USER_ID_FOR_SRP}:${password}`));
      const x = number(sha256(padded(BigInt(`0x${SALT}`)), identity));
      const u = number(sha256(padded(a), padded(b)));
      const base = (((b - multiplier * power(generator, x)) % prime) + prime) % prime;
      const shared = power(base, secret + u * x);
      const key = Buffer.from(hkdfSync('sha256', padded(shared), padded(u), 'Caldera Derived Key', 16));
      const timestamp = timestampOf(now);
      const signature = createHmac('sha256', key)
        .update(`${pool}${USER_ID_FOR_SRP}`)
        .update(Buffer.from(SECRET_BLOCK, 'base64'))
        .update(timestamp)
        .digest('base64');
      return {
        USERNAME: USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: signature,
        TIMESTAMP: timestamp,
      };
    },
  };
}

/** `Tue Nov 3 02:06:46 UTC 2026`: the day has no leading zero. */
function timestampOf(now: Date): string {
  const [weekday = '', day = '', month = '', year = '', time = ''] = now.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}

/** Whole bytes, with a leading zero if the first bit is set: Cognito uses Java's signed numbers. */
function padded(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

function number(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % prime;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}
