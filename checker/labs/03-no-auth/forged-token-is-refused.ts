import { check, type Judgement } from '../../checking/check.ts';
import { foreigners } from '../../sign-in/foreigners.ts';
import { type Forgery, forgeries } from '../../sign-in/forge.ts';
import { forgedTokens, REWORDED, reworder } from '../../sign-in/forged-tokens.ts';
import { claimsOf } from '../../sign-in/tokens.ts';
import { docs } from '../docs.ts';
import { type BackDoor, findBackDoor, judgeBackDoor } from './back-doors.ts';
import { backDoor, crashesInstead } from './findings.ts';
import { observeRefusals } from './observe-refusals.ts';
import { judgeRefusals, type Tried } from './refusals.ts';

/** The next check tests whose keys are used if the issuer isn't compared. */
const kinds = forgeries.filter((kind) => kind !== 'a token that brings its own issuer');

type Kind = Forgery | typeof REWORDED;

export interface Observation extends Tried<Kind> {
  /** What admitted somebody with neither a valid token nor a forged one. */
  readonly backDoor?: BackDoor | undefined;
}

export const forgedTokenIsRefused = check<Observation>({
  id: 'forged-token-is-refused',
  title: 'Forged tokens are rejected',
  needs: ['signed-in-user-comes-in'],
  expected:
    'Mallory connects with tokens that the user pool did not sign, one of them made from a token that Ada has just connected with. Each is rejected with 401 or 403. So is Mallory with texts that your code or its configuration contains, as a token or elsewhere in the handshake.',
  async observe(subject) {
    // The next check needs them, and a new pool's keys take a while. That check reports it if they are unavailable.
    subject.once(foreigners).catch(() => {});
    const [tokens, reworded] = await Promise.all([subject.once(forgedTokens), reworder(subject)]);
    const tried = await observeRefusals<Kind>(subject, [
      ...kinds.map((kind) => ({ kind, token: tokens[kind], ...nameIn(tokens[kind]) })),
      reworded,
    ]);
    const isRejected = judgeForgeries(tried).outcome === 'passed';
    return isRejected ? { ...tried, backDoor: await findBackDoor(subject, tried) } : tried;
  },
  judge: ({ backDoor, ...tried }) => (backDoor === undefined ? judgeForgeries(tried) : judgeBackDoor(tried, backDoor)),
  hints: [
    'Somebody forged a token, with a name of their choice, and the room accepted it.',
    'The check says which token was accepted. Read what your authorizer does with it: how does it find out who signed the token?',
    "A token is three parts: a header, claims, a signature. Anyone can write the first two; only the signature proves that the user pool issued them. To verify it, you need the pool's public key, from the pool's own key set, and RS256, the only algorithm that Cognito uses. The verifier decides on both, never the token.",
    'Keep the original app/functions/authorizer.ts: CognitoJwtVerifier of aws-jwt-verify checks the signature, the algorithm, the issuer, the client, the use and the expiry. With jose: jwtVerify(token, keySetOfThePool, { issuer, audience, algorithms: ["RS256"] }), and then `token_use`.',
  ],
  findings: [crashesInstead, backDoor],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html',
  ),
});

function judgeForgeries(tried: Tried<Kind>): Judgement {
  return judgeRefusals(tried, { whyIn, allRefused: 'Each of them was rejected' });
}

/** Returns the user that a token claims to be for; nothing if it isn't a token. */
function nameIn(token: string): { username?: string } {
  try {
    return { username: claimsOf(token)['cognito:username'] };
  } catch {
    return {};
  }
}

/** A verifier that uses the public key as a secret accepts one form of it. */
const hashed = kinds.filter((kind) => kind.startsWith('an HS256'));
const byPublicKey = [
  'an HS256 token made with the public key',
  "an HS256 token made with the key's modulus",
  'an HS256 token made with the modulus as bytes',
] as const;

/** Returns the verification that the room lacks, given the forgeries it accepted; the worst first. */
function whyIn(all: readonly Kind[]): string {
  const kinds = all.filter((kind) => kind !== REWORDED);
  if (kinds.length === 0) {
    return `Mallory connected with ${REWORDED}: once the room has verified a token, it recognizes it by only a part of it, such as its id (\`jti\`) or its signature, and then believes any claims. Verify each token, or remember the whole token.`;
  }
  const has = (...wanted: Forgery[]) => wanted.some((kind) => kinds.includes(kind));
  const [first = 'a random text'] = kinds;
  if (has('a random text', 'three random parts')) {
    return `Mallory connected with ${first}, which nobody issued: the room checks that there is a token, but not the token itself.`;
  }
  if (has("a token signed by a stranger's key") && !has('a token with another name in it')) {
    return `Mallory connected with a token in Ada's name that a stranger signed, but not with one for a nonexistent user: the room checks whether it knows the user, but not who signed the token.`;
  }
  if (has("a token signed by a stranger's key", 'a token with another name in it')) {
    return `Mallory connected with ${first}: the room reads the token's claims, but doesn't verify who signed it.`;
  }
  if (has('a token whose signature is cut off')) {
    return 'Mallory connected with a token whose signature is cut off: the room verifies a signature only if there is one, or recognizes a token by its claims. Anyone can cut a signature off, so a token without one must be rejected.';
  }
  if (has('a token that brings its own key')) {
    return "Mallory connected with a token that brings its own key (`jwk` and `x5c` in its header): the room takes the key from the token instead of the user pool's key set.";
  }
  if (has('a token that says where its key is')) {
    return "Mallory connected with a token that says where its key is (`jku` in its header): the room fetches the key from the URL in the token instead of the user pool's key set.";
  }
  if (has('a token without a signature')) {
    return 'Mallory connected with a token without a signature: its header says `alg: none`, and the room believes it. Cognito signs only with RS256.';
  }
  if (kinds.length === hashed.length) {
    return 'Mallory connected with HS256 tokens, whatever key signed them: the room verifies only the signatures of RS256 tokens. Cognito signs only with RS256, so the room must reject any other algorithm.';
  }
  if (has('a token whose key id is an address', 'a token whose key id is the address of a key')) {
    return `Mallory connected with ${first} (\`kid\` in its header): the room fetches the key from the URL in the token instead of the user pool's key set.`;
  }
  if (has('a token that says where its certificate is')) {
    return "Mallory connected with a token that says where its certificate is (`x5u` in its header): the room fetches the key from the URL in the token instead of the user pool's key set.";
  }
  if (has('a token signed by the elliptic curve key that it brings')) {
    return 'Mallory connected with an ES256 token that brings its own key (`jwk` in its header): the room lets the token choose key and algorithm. Cognito signs only with RS256.';
  }
  if (!has(...byPublicKey)) {
    return `Mallory connected with ${first}: the room accepts HS256 with a secret that anyone can guess or read. Cognito signs only with RS256.`;
  }
  return `Mallory connected with ${first}: the room lets the token choose the algorithm, and uses the user pool's public key, which anyone can read, as a secret. Cognito signs only with RS256.`;
}
