import { check } from '../../checking/check.ts';
import { guests } from '../../sign-in/guests.ts';
import { docs } from '../docs.ts';
import { crashesInstead } from './findings.ts';
import { observeRefusals } from './observe-refusals.ts';
import { judgeRefusals, type Tried } from './refusals.ts';

type Kind = 'an access token';

export const accessTokenIsRefused = check<Tried<Kind>>({
  id: 'access-token-is-refused',
  title: 'Access tokens are rejected',
  needs: ['forged-token-is-refused'],
  expected: "Somebody connects with a user's access token instead of an ID token, and is rejected with 401 or 403.",
  async observe(subject) {
    const { ada } = await subject.once(guests);
    const { access: token } = await ada.signIn();
    return observeRefusals<Kind>(subject, [{ kind: 'an access token', token, username: ada.username }]);
  },
  judge: (tried) =>
    judgeRefusals(tried, {
      whyIn: () =>
        "Somebody connected with an access token: the room verifies the signature, but not the token's purpose (`token_use`). An access token can change its user's account, and doesn't belong in a URL, which ends up in logs and histories.",
      allRefused: 'It was rejected',
    }),
  hints: [
    'The room accepts more kinds of tokens than it should.',
    'Signing in gives you an ID token and an access token, with the same signature. Only the claim `token_use` distinguishes them. Does your authorizer check it?',
    "An ID token says who somebody is, and nothing more. An access token is a credential: anyone who has it can read and change its user's account through Cognito's API. The room expects the first in its URL, and must not encourage clients to send the second.",
    'With aws-jwt-verify: `tokenUse: "id"`. With jose or node:crypto: compare `token_use` with "id", and `aud` with the client; an access token has no `aud`.',
  ],
  findings: [crashesInstead],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html',
  ),
});
