import { createHash, createHmac, getDiffieHellman, hkdfSync } from 'node:crypto';
import { isSameSecret } from '../../http/same-secret.ts';

/**
 * The Secure Remote Password protocol as Cognito implements it: SRP-6a over the 3072-bit group of RFC 5054 with
 * SHA-256, the second half of the pool's id in the password hash, and an HKDF key. AWS documents it only in its client
 * libraries (https://github.com/aws-amplify/amplify-js, `AuthenticationHelper`).
 */
const modulus = toBig(getDiffieHellman('modp15').getPrime());
const generator = 2n;
const multiplier = toBig(hash(toBytes(modulus), toBytes(generator)));

/** Everything that is stored about a password: the password can only be guessed from it. Hexadecimal. */
export interface Verifier {
  readonly salt: string;
  readonly verifier: string;
}

/** The owner of a password. The username is part of the hash: `USER_ID_FOR_SRP`. */
export interface PasswordOwner {
  readonly poolId: string;
  readonly username: string;
}

/** Returns the verifier of a password, to store instead of it. `salt` is 16 random bytes. */
export function verifierOf(password: string, { poolId, username }: PasswordOwner, salt: Buffer): Verifier {
  const identity = hash(Buffer.from(`${poolName(poolId)}${username}:${password}`));
  const x = hash(toBytes(toBig(salt)), identity);
  // Somebody with x needs no password, so it isn't kept.
  const key = hash(x).toString('hex');
  let verifier = verifiers.get(key);
  if (verifier === undefined) {
    verifier = powerOfGenerator(x).toString(16);
    if (verifiers.size >= mostVerifiers) verifiers.clear();
    verifiers.set(key, verifier);
  }
  return { salt: salt.toString('hex'), verifier };
}

/** The last verifiers, by a hash of what they are made from: people sign in again and again. */
const verifiers = new Map<string, string>();
const mostVerifiers = 100;

/** Whether this is the password of a verifier. */
export function isPassword(password: string, owner: PasswordOwner, kept: Verifier): boolean {
  const { verifier } = verifierOf(password, owner, Buffer.from(kept.salt, 'hex'));
  return isSameSecret(verifier, kept.verifier);
}

/** The server's public value, `SRP_B`, for its private one: 32 random bytes. Hexadecimal. */
export function publicValue({ verifier }: Verifier, secret: Buffer): string {
  return ((multiplier * toBig(verifier) + powerOfGenerator(secret)) % modulus).toString(16);
}

/** Both sides of one exchange, as the server knows them. */
export interface Exchange {
  readonly kept: Verifier;
  /** The client's `SRP_A`, hexadecimal. */
  readonly clientValue: string;
  /** The server's private value. */
  readonly secret: Buffer;
}

/** The values that the client signs with a key that only somebody with the password can derive. */
export interface Claim extends PasswordOwner {
  readonly secretBlock: Buffer;
  readonly timestamp: string;
  /** `PASSWORD_CLAIM_SIGNATURE`, base64. */
  readonly signature: string;
}

/** Whether the client's claim proves that it knows the password. */
export function provesPassword({ kept, clientValue, secret }: Exchange, claim: Claim): boolean {
  const a = toBig(clientValue);
  const u = hash(toBytes(a), toBytes(toBig(publicValue(kept, secret))));
  const base = (a * power(toBig(kept.verifier), u)) % modulus;
  // Everyone knows all powers of these.
  if (base <= 1n || base === modulus - 1n) return false;
  const shared = power(base, secret);
  const key = Buffer.from(hkdfSync('sha256', toBytes(shared), toBytes(toBig(u)), 'Caldera Derived Key', 16));
  const expected = createHmac('sha256', key)
    .update(poolName(claim.poolId) + claim.username)
    .update(claim.secretBlock)
    .update(claim.timestamp)
    .digest();
  return isSameSecret(expected, Buffer.from(claim.signature, 'base64'));
}

/** Whether a client's `SRP_A` is valid: zero would reveal the key. */
export function isClientValue(hexadecimal: string): boolean {
  return /^[0-9a-f]{1,1024}$/i.test(hexadecimal) && toBig(hexadecimal) % modulus !== 0n;
}

/** The hashed part of a pool's id: the part after the region. */
function poolName(poolId: string): string {
  return poolId.slice(poolId.indexOf('_') + 1);
}

/**
 * By squaring, four bits of the exponent at a time: 2 ms. OpenSSL needs a third of that, but from Node.js 24 on tests
 * for two seconds whether the modulus is prime, at each use.
 */
function power(base: bigint, exponent: Buffer): bigint {
  const powers = [1n];
  for (let index = 1; index < 16; index += 1) powers.push(((powers[index - 1] ?? 1n) * base) % modulus);
  let result = 1n;
  for (const digit of exponent.toString('hex')) {
    for (let bit = 0; bit < 4; bit += 1) result = (result * result) % modulus;
    result = (result * (powers[Number.parseInt(digit, 16)] ?? 1n)) % modulus;
  }
  return result;
}

const fixedPowers: bigint[] = [];

/**
 * Raises the generator to a power, in a third of the time that `power` needs: the products of its powers 1, 16, 16², …
 * for each hexadecimal digit, which Yao's method combines (Knuth, The Art of Computer Programming, 4.6.3, exercise 9).
 */
function powerOfGenerator(exponent: Buffer): bigint {
  const digits = [...exponent.toString('hex')].reverse();
  while (fixedPowers.length < digits.length) {
    const last = fixedPowers.at(-1);
    fixedPowers.push(last === undefined ? generator : power(last, Buffer.of(16)));
  }
  let product = 1n;
  let result = 1n;
  for (const digit of 'fedcba987654321') {
    for (const [place, each] of digits.entries()) {
      if (each === digit) product = (product * (fixedPowers[place] ?? 1n)) % modulus;
    }
    result = (result * product) % modulus;
  }
  return result;
}

function hash(...parts: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

function toBig(value: Buffer | string): bigint {
  const hexadecimal = typeof value === 'string' ? value : value.toString('hex');
  return BigInt(`0x${hexadecimal}`);
}

/** Like Java's BigInteger: with a leading zero byte if it would look negative. */
function toBytes(value: bigint): Buffer {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}
