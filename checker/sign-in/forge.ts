import {
  createHmac,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
} from 'node:crypto';
import { promisify } from 'node:util';
import { selfSignedCertificate } from './certificate.ts';
import { claimsOf, headerOf } from './tokens.ts';

/** The kinds of tokens that somebody can forge. */
export type Forgery = (typeof forgeries)[number];

/** Secrets from examples that people forget to replace. */
const words = [
  'secret',
  'password',
  'changeme',
  'your-256-bit-secret',
  'a-string-secret-at-least-256-bits-long',
  'websocket-lab',
] as const;

export const forgeries = [
  'a random text',
  'three random parts',
  'a token with another name in it',
  'a token whose signature is cut off',
  'a token without a signature',
  "a token signed by a stranger's key",
  'a token that brings its own key',
  'a token that says where its key is',
  'a token that brings its own issuer',
  'an HS256 token made with the public key',
  "an HS256 token made with the key's modulus",
  'an HS256 token made with the modulus as bytes',
  'a token whose key id is an address',
  'a token whose key id is the address of a key',
  'a token that says where its certificate is',
  'a token signed by the elliptic curve key that it brings',
  'an HS256 token made with nothing',
  'an HS256 token made with the id of the client',
  'an HS256 token made with the id of the pool',
  'an HS256 token made with the issuer',
  'an HS256 token made with the id of the key',
  ...words.map((word) => `an HS256 token made with "${word}"` as const),
] as const;

type KeyPair = Readonly<Record<'publicKey' | 'privateKey', KeyObject>>;

let made: Promise<KeyPair> | undefined;

/**
 * Returns a stranger's key, the same while this process lives. Generating one takes up to a third of a second, in
 * another thread, so call this early.
 */
export function keyOfStranger(): Promise<KeyPair> {
  made ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return made;
}

/** The model for forgeries: a genuine token, and the pool's public key, which anyone can get. */
export interface Model {
  readonly idToken: string;
  readonly publicKey: JsonWebKey;
  /** A nonexistent `cognito:username` for the token with another name; its `sub` doesn't exist either. */
  readonly username: string;
  /** Public facts about the room that somebody may use as a secret. */
  readonly poolId: string;
  readonly clientId: string;
}

/**
 * Returns a token with another name and a later expiry in it. Its id and its signature are the same: a room that
 * recognizes tokens by those takes it for the one that it has verified.
 */
export function reworded(idToken: string, username: string): string {
  const [head, , signature] = idToken.split('.');
  const claims = claimsOf(idToken);
  return [head, encoded({ ...claims, 'cognito:username': username, exp: claims.exp + 3_600 }), signature].join('.');
}

/**
 * Returns one token of each kind. All but the random ones have a genuine token's claims, for an existing user: only the
 * signature distinguishes them.
 */
export async function forge(model: Model): Promise<Readonly<Record<Forgery, string>>> {
  const { idToken, publicKey, username, poolId, clientId } = model;
  const { kid } = headerOf(idToken);
  const [head, body, signature] = idToken.split('.');
  const claims = claimsOf(idToken);
  const { iss } = claims;
  const renamed = { ...claims, jti: randomUUID(), sub: randomUUID(), 'cognito:username': username };
  const key = await keyOfStranger();
  const jwk = key.publicKey.export({ format: 'jwk' });
  const x5c = [selfSignedCertificate(key).toString('base64')];
  const keySet = addressOf({ keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] });
  const { n = '' } = publicKey;
  const pem = createPublicKey({ key: publicKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const bySecret = (secret: string | Buffer) =>
    token({ alg: 'HS256', typ: 'JWT', kid }, claims, (text) => createHmac('sha256', secret).update(text).digest());
  const publicPem = key.publicKey.export({ type: 'spki', format: 'pem' });
  const [certificate = ''] = x5c;
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const byWord = Object.fromEntries(words.map((word) => [`an HS256 token made with "${word}"`, bySecret(word)]));
  return {
    'a random text': randomBytes(64).toString('base64url'),
    'three random parts': [16, 64, 256].map((length) => randomBytes(length).toString('base64url')).join('.'),
    'a token with another name in it': [head, encoded(renamed), signature].join('.'),
    'a token whose signature is cut off': `${head}.${body}.`,
    'a token without a signature': token({ alg: 'none', kid }, claims, () => Buffer.alloc(0)),
    "a token signed by a stranger's key": token({ alg: 'RS256', kid }, claims, signedBy(key.privateKey)),
    'a token that brings its own key': token({ alg: 'RS256', kid, jwk, x5c }, claims, signedBy(key.privateKey)),
    'a token that says where its key is': token({ alg: 'RS256', kid, jku: keySet }, claims, signedBy(key.privateKey)),
    'a token that brings its own issuer': token(
      { alg: 'RS256', kid },
      { ...claims, iss: `${keySet}${claims.iss}` },
      signedBy(key.privateKey),
    ),
    'an HS256 token made with the public key': bySecret(String(pem)),
    "an HS256 token made with the key's modulus": bySecret(n),
    'an HS256 token made with the modulus as bytes': bySecret(Buffer.from(n, 'base64url')),
    // A verifier that fetches it may look for a key set or for a key, and finds both.
    'a token whose key id is an address': token(
      {
        alg: 'RS256',
        kid: addressOf({ ...jwk, alg: 'RS256', use: 'sig', keys: [{ ...jwk, kid, alg: 'RS256', use: 'sig' }] }),
      },
      claims,
      signedBy(key.privateKey),
    ),
    'a token whose key id is the address of a key': token(
      { alg: 'RS256', kid: `data:text/plain,${encodeURIComponent(String(publicPem))}#` },
      claims,
      signedBy(key.privateKey),
    ),
    'a token that says where its certificate is': token(
      { alg: 'RS256', kid, x5u: `data:application/x-pem-file,${encodeURIComponent(pemOf(certificate))}#` },
      claims,
      signedBy(key.privateKey),
    ),
    'a token signed by the elliptic curve key that it brings': token(
      { alg: 'ES256', kid, jwk: { ...curve.publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' } },
      claims,
      (text) => sign('sha256', Buffer.from(text), { key: curve.privateKey, dsaEncoding: 'ieee-p1363' }),
    ),
    'an HS256 token made with nothing': bySecret(''),
    'an HS256 token made with the id of the client': bySecret(clientId),
    'an HS256 token made with the id of the pool': bySecret(poolId),
    'an HS256 token made with the issuer': bySecret(iss),
    'an HS256 token made with the id of the key': bySecret(kid),
    ...(byWord as Record<`an HS256 token made with "${(typeof words)[number]}"`, string>),
  };
}

/**
 * Returns a URL that contains these keys, without a server: whoever fetches it, or any path below it, gets them
 * (https://www.rfc-editor.org/rfc/rfc2397). The part after `#` isn't fetched.
 */
function addressOf(keySet: object): string {
  return `data:application/json,${encodeURIComponent(JSON.stringify(keySet))}#`;
}

/** Each has its own id (`jti`): a room that accepts each token only once must not reject it for that reason. */
function token(header: object, claims: object, signature: (text: string) => Buffer): string {
  const text = `${encoded(header)}.${encoded({ ...claims, jti: randomUUID() })}`;
  return `${text}.${signature(text).toString('base64url')}`;
}

function pemOf(certificate: string): string {
  const lines = certificate.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function signedBy(key: KeyObject): (text: string) => Buffer {
  return (text) => sign('sha256', Buffer.from(text), key);
}
