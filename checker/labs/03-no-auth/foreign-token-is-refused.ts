import { check } from '../../checking/check.ts';
import { foreigners } from '../../sign-in/foreigners.ts';
import { forgedTokens } from '../../sign-in/forged-tokens.ts';
import { claimsOf } from '../../sign-in/tokens.ts';
import { docs } from '../docs.ts';
import { crashesInstead } from './findings.ts';
import { observeRefusals } from './observe-refusals.ts';
import { judgeRefusals, type Tried } from './refusals.ts';

type Kind = 'a token of another user pool' | 'a token of another client' | 'a token that brings its own issuer';

export const foreignTokenIsRefused = check<Tried<Kind>>({
  id: 'foreign-token-is-refused',
  title: 'Tokens from other pools and clients are rejected',
  needs: ['forged-token-is-refused'],
  expected:
    'Mallory connects with genuine ID tokens of another user pool and of another client of the same pool, and with one that she issued herself. Each is rejected with 401 or 403.',
  async observe(subject) {
    const [{ ofAnotherPool, ofAnotherClient }, forged] = await Promise.all([
      subject.once(foreigners),
      subject.once(forgedTokens),
    ]);
    return observeRefusals<Kind>(subject, [
      { kind: 'a token of another user pool', ...withName(ofAnotherPool) },
      { kind: 'a token of another client', ...withName(ofAnotherClient) },
      { kind: 'a token that brings its own issuer', ...withName(forged['a token that brings its own issuer']) },
    ]);
  },
  judge: (tried) => judgeRefusals(tried, { whyIn, allRefused: 'Each of them was rejected' }),
  hints: [
    'Somebody connected with a token that Cognito signed, but not for this room.',
    'Two claims say where an ID token comes from and who it is for: `iss` is the user pool, `aud` the client. What does your authorizer compare them with?',
    "A valid signature says that some user pool issued the token, and anyone can have a user pool. The verifier must use only this pool's keys, whatever `iss` in the token says. And it must accept only tokens for the room's client: another application of the same company can have its own client, with other users and other rules.",
    'With aws-jwt-verify: CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "id" }), both from the function\'s environment. With jose: issuer `https://cognito-idp.<region>.amazonaws.com/<userPoolId>` and audience `<clientId>`, and the key set of that issuer.',
  ],
  findings: [crashesInstead],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html',
  ),
});

function withName(token: string): { token: string; username: string } {
  return { token, username: claimsOf(token)['cognito:username'] };
}

function whyIn(kinds: readonly Kind[]): string {
  const has = (kind: Kind) => kinds.includes(kind);
  if (has('a token of another user pool') && has('a token of another client')) {
    return 'Mallory connected with a token of another user pool, and with one of another client: the room accepts every token that some user pool signed. It checks neither the issuer (`iss`) nor the audience (`aud`).';
  }
  if (has('a token that brings its own issuer') && !has('a token of another user pool')) {
    const also = has('a token of another client')
      ? ", and with one of another client: it doesn't check the audience (`aud`), either"
      : '';
    return `Mallory connected with a token that brings its own issuer${also}. The room fetches the keys from wherever \`iss\` in the token says, and anyone can publish a key set. The only valid issuer is the room's user pool, whatever the token says.`;
  }
  return has('a token of another user pool')
    ? "Mallory connected with a token of another user pool, which anyone can create: the room doesn't compare the issuer (`iss`) with its own pool. It fetches keys from wherever the token says, or admits tokens for which it finds no key."
    : 'Mallory connected with a token of another client of the user pool: the room verifies the signature, but not the audience (`aud`).';
}
