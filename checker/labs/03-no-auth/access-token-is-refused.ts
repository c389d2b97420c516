import { check } from '../../checking/check.ts';
import { guests } from '../../sign-in/guests.ts';
import { docs } from '../docs.ts';
import { crashes } from './findings.ts';
import { observeRefusals } from './observe-refusals.ts';
import { judgeRefusals, type Tried } from './refusals.ts';

type Kind = 'an access token';

export const accessTokenIsRefused = check<Tried<Kind>>({
  id: 'access-token-is-refused',
  title: 'An access token is no ticket',
  needs: ['forged-token-is-refused'],
  expected: 'Somebody comes with the access token of a user in place of the ID token, and is refused: 401 or 403.',
  async observe(subject) {
    const { ada } = await subject.once(guests);
    const { access: token } = await ada.signIn();
    return observeRefusals<Kind>(subject, [{ kind: 'an access token', token, username: ada.username }]);
  },
  judge: (tried) =>
    judgeRefusals(tried, {
      whyIn: () =>
        'An access token came in: the room verifies the signature, but not what the token is for (`token_use`). An access token can change the account of its user, and does not belong in an address, where logs and histories keep it.',
      allRefused: 'It was refused',
    }),
  hints: [
    'The room takes more kinds of tokens than it should.',
    'Who signs in gets an ID token and an access token, signed alike. The claim `token_use` tells them apart. Does the function that decides look at it?',
    'An ID token says who somebody is, and nothing can be done with it but that. An access token is a key: whoever has it may read and change the account of its user through the API of Cognito. The room asks for the first in its address, and must not get anybody used to sending the second.',
    'With aws-jwt-verify: `tokenUse: "id"`. With jose or node:crypto: compare `token_use` with "id", and `aud` with the client; an access token has no `aud`.',
  ],
  findings: [crashes],
  docs: docs(
    '03-no-auth',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html',
  ),
});
