import { check } from '../../checking/check.ts';
import { foreigners } from '../../sign-in/foreigners.ts';
import { forgedTokens } from '../../sign-in/forged-tokens.ts';
import { claimsOf } from '../../sign-in/tokens.ts';
import { docs } from '../docs.ts';
import { crashes } from './findings.ts';
import { observeRefusals } from './observe-refusals.ts';
import { judgeRefusals, type Tried } from './refusals.ts';

type Kind = 'a token of another user pool' | 'a token of another client' | 'a token that is its own issuer';

export const foreignTokenIsRefused = check<Tried<Kind>>({
  id: 'foreign-token-is-refused',
  title: 'A token that is good elsewhere is not good here',
  needs: ['forged-token-is-refused'],
  expected:
    'Mallory comes with genuine ID tokens of another user pool, and of another client of the same pool, and with one that she issued herself, and is refused with each of them: 401 or 403.',
  async observe(subject) {
    const [{ ofAnotherPool, ofAnotherClient }, forged] = await Promise.all([
      subject.once(foreigners),
      subject.once(forgedTokens),
    ]);
    return observeRefusals<Kind>(subject, [
      { kind: 'a token of another user pool', ...withName(ofAnotherPool) },
      { kind: 'a token of another client', ...withName(ofAnotherClient) },
      { kind: 'a token that is its own issuer', ...withName(forged['a token that is its own issuer']) },
    ]);
  },
  judge: (tried) => judgeRefusals(tried, { whyIn, allRefused: 'Mallory was refused with each of them' }),
  hints: [
    'Somebody came in with a token that Cognito did sign, but not for this room.',
    'Two claims of an ID token say where it is from and whom it is for: `iss` is the user pool, `aud` the client. Where does the function that decides compare them, and with what?',
    'A good signature says that some user pool issued the token, and everybody can have a user pool. The verifier must take the keys of this pool only, whatever `iss` in the token says; and of the tokens of this pool only those for the client of the room: another program of the same company may have a client of its own, with other people and other rules.',
    'With aws-jwt-verify: CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "id" }), both from the environment of the function. With jose: issuer `https://cognito-idp.<region>.amazonaws.com/<userPoolId>` and audience `<clientId>`, and the key set of that issuer.',
  ],
  findings: [crashes],
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
    return 'Mallory came in with a token of another user pool, and with one of another client: the room takes every token that some user pool signed. It does not compare the issuer (`iss`), nor the audience (`aud`).';
  }
  if (has('a token that is its own issuer') && !has('a token of another user pool')) {
    const also = has('a token of another client')
      ? ', and with one of another client: it does not compare the audience (`aud`), either'
      : '';
    return `Mallory came in with a token that is its own issuer${also}. The room takes the keys from wherever \`iss\` in the token says, and everybody can put a key set somewhere: the issuer is the user pool of the room, whatever the token says.`;
  }
  return has('a token of another user pool')
    ? 'Mallory came in with a token of another user pool, which anybody can have: the room does not compare the issuer (`iss`) with its own pool. It takes the keys from wherever the token says it is from, or lets in where it finds no key.'
    : 'Mallory came in with a token of another client of the user pool: the room verifies the signature, but not the audience (`aud`).';
}
