import { check } from '../../checking/check.ts';
import { foreigners } from '../../sign-in/foreigners.ts';
import { type Forgery, forgeries } from '../../sign-in/forge.ts';
import { forgedTokens } from '../../sign-in/forged-tokens.ts';
import { claimsOf } from '../../sign-in/tokens.ts';
import { docs } from '../docs.ts';
import { crashes } from './findings.ts';
import { observeRefusals } from './observe-refusals.ts';
import { judgeRefusals, type Tried } from './refusals.ts';

/** Whose keys are taken where the issuer is not compared is the next check's question. */
const kinds = forgeries.filter((kind) => kind !== 'a token that is its own issuer');

export const forgedTokenIsRefused = check<Tried<Forgery>>({
  id: 'forged-token-is-refused',
  title: 'Who made their own token does not come in',
  needs: ['signed-in-user-comes-in'],
  expected: 'Mallory comes with tokens that the user pool did not sign, and is refused with each of them: 401 or 403.',
  async observe(subject) {
    // The next check needs them, and the keys of a new pool take a while. That one tells where they cannot be had.
    subject.once(foreigners).catch(() => {});
    const tokens = await subject.once(forgedTokens);
    return observeRefusals(
      subject,
      kinds.map((kind) => ({ kind, token: tokens[kind], ...nameIn(tokens[kind]) })),
    );
  },
  judge: (tried) => judgeRefusals(tried, { whyIn, allRefused: 'Mallory was refused with each of them' }),
  hints: [
    'Somebody wrote a token on their own, with any name they liked, and the room took it.',
    'The check says which token came in. Read what the function that decides does with it: where does it find out who signed the token?',
    "A token is three parts: a header, claims, a signature. The first two are plain text that everybody can write; only the signature tells that the user pool did. To verify it takes the pool's public key, from the pool's own key set, and RS256, the only algorithm that Cognito signs with: both are the verifier's to say, never the token's.",
    'Let app/functions/authorizer.ts be as it was shipped: CognitoJwtVerifier of aws-jwt-verify looks at the signature, the algorithm, the issuer, the client, the use and the expiry. With jose: jwtVerify(token, keySetOfThePool, { issuer, audience, algorithms: ["RS256"] }), and then `token_use`.',
  ],
  findings: [crashes],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html',
  ),
});

/** Who a token says that it is of; nothing for what is none. */
function nameIn(token: string): { username?: string } {
  try {
    return { username: claimsOf(token)['cognito:username'] };
  } catch {
    return {};
  }
}

/** Whoever takes the public key for a secret takes one form of it. */
const hashed = kinds.filter((kind) => kind.startsWith('an HS256'));
const byPublicKey = [
  'an HS256 token made with the public key',
  "an HS256 token made with the key's modulus",
  'an HS256 token made with the modulus as bytes',
] as const;

/** What is not looked at, by what came in: the grossest first. */
function whyIn(kinds: readonly Forgery[]): string {
  const has = (...wanted: Forgery[]) => wanted.some((kind) => kinds.includes(kind));
  const [first = 'a random text'] = kinds;
  if (has('a random text', 'three random parts')) {
    return `Mallory came in with ${first}, which nobody issued: the room looks whether a token is there, and not at the token.`;
  }
  if (has("a token signed by a stranger's key") && !has('a token with another name in it')) {
    return `Mallory came in with a token that says it is Ada's and that a stranger signed, and not with one of a user who does not exist: the room looks whether it knows who the token is of, in the user pool or from before, and does not verify who signed it.`;
  }
  if (has("a token signed by a stranger's key", 'a token with another name in it')) {
    return `Mallory came in with ${first}: the room reads what the token says, and does not verify who signed it.`;
  }
  if (has('a token whose signature is cut off')) {
    return 'Mallory came in with a token whose signature is cut off: the room verifies a signature only where there is one, or knows a token again by what it says. Whoever may read a token can cut it, so what has no signature is no token.';
  }
  if (has('a token that brings its own key')) {
    return 'Mallory came in with a token that brings its own key (`jwk` and `x5c` in its header): the room takes the key from the token, and not from the key set of the user pool.';
  }
  if (has('a token that says where its key is')) {
    return 'Mallory came in with a token that says where its key is (`jku` in its header): the room takes the key from the address that the token names, and not from the key set of the user pool.';
  }
  if (has('a token without a signature')) {
    return "Mallory came in with a token without a signature: its header says `alg: none`, and the room takes the token's word for it. Cognito signs with RS256 only.";
  }
  if (kinds.length === hashed.length) {
    return 'Mallory came in with tokens that say HS256, whatever they were signed with: the room verifies the signature of a token that says RS256, and of no other. Cognito signs with RS256 only, so the room refuses what says anything else.';
  }
  if (has('a token whose key id is an address', 'a token whose key id is the address of a key')) {
    return `Mallory came in with ${first} (\`kid\` in its header): the room takes the key from the address that the token names, and not from the key set of the user pool.`;
  }
  if (has('a token that says where its certificate is')) {
    return 'Mallory came in with a token that says where its certificate is (`x5u` in its header): the room takes the key from the address that the token names, and not from the key set of the user pool.';
  }
  if (has('a token signed by the elliptic curve key that it brings')) {
    return 'Mallory came in with a token signed by ES256, with the key that it brings (`jwk` in its header): the room lets the token choose key and algorithm. Cognito signs with RS256 only.';
  }
  if (!has(...byPublicKey)) {
    return `Mallory came in with ${first}: the room takes HS256, and a secret that anybody can guess or read. Cognito signs with RS256 only.`;
  }
  return `Mallory came in with ${first}: the room lets the token choose the algorithm, and takes the public key of the user pool, which everybody can read, for a secret. Cognito signs with RS256 only.`;
}
