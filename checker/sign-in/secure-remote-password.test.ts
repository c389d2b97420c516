import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import { expect, test } from 'vitest';
import { secureRemotePassword } from './secure-remote-password.ts';

const poolId = 'us-east-1_a1B2c3D4e';

test('answers like a stock client with the same secret', () => {
  const session = createSrpSession('ada', 'engines weave algebra', poolId, false);
  const srp = secureRemotePassword(BigInt(`0x${session.smallA}`));
  expect(srp.a).toBe(session.largeA.toLowerCase());
  // Any group element works for the server's half.
  const challenge = {
    SRP_B: createSrpSession('ada', 'another', poolId, false).largeA,
    SALT: 'f1e2d3c4b5a697887766554433221100',
    SECRET_BLOCK: Buffer.from('a secret block of the pool').toString('base64'),
    USER_ID_FOR_SRP: 'ada',
  };
  const signed = signSrpSession(session, { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: challenge });
  const now = new Date(`${signed.timestamp}`);
  expect(srp.answer(challenge, { poolId, password: 'engines weave algebra', now })).toEqual({
    USERNAME: 'ada',
    PASSWORD_CLAIM_SECRET_BLOCK: challenge.SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
    TIMESTAMP: signed.timestamp,
  });
});

test('writes a one-digit day without a zero', () => {
  const { TIMESTAMP } = secureRemotePassword().answer(
    { SRP_B: '5', SALT: '1', SECRET_BLOCK: '', USER_ID_FOR_SRP: 'ada' },
    { poolId, password: 'x', now: new Date('2026-11-03T02:06:46Z') },
  );
  expect(TIMESTAMP).toBe('Tue Nov 3 02:06:46 UTC 2026');
});
