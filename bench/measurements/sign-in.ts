import { InitiateAuthCommand, RespondToAuthChallengeCommand } from '@aws-sdk/client-cognito-identity-provider';
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';
import { WebSocket } from 'ws';
import { type Measurement, time } from '../measurement.ts';
import { deploySignInRoom, type SignInRoom } from '../sign-in-room.ts';
import { lab } from '../solved-room.ts';
import { median, medianTime, timed } from '../statistics.ts';

const runs = 40;

/** Signing in to lab 3's room, with the password and with SRP, and connecting with the token; then the lab's check. */
export const measureSignIn: Measurement = async ({ workshop, progress }) => {
  progress('deploying the solution');
  const room = await deploySignInRoom(workshop);
  progress('signing in');
  for (let run = 0; run < 5; run += 1) await signIn(room);
  const byPassword = await medianTime(runs, () => signIn(room));
  const bySrp: number[] = [];
  for (let run = -2; run < runs / 2; run += 1) {
    const took = await signInBySrp(room);
    if (run >= 0) bySrp.push(took);
  }
  progress('connecting');
  const token = await signIn(room);
  for (let run = 0; run < 5; run += 1) await comeIn(room, token);
  const handshakes: number[] = [];
  for (let run = 0; run < runs; run += 1) handshakes.push(await comeIn(room, token));
  progress('lab check 03');
  // The expired token can only be judged after five minutes, so until then the lab is undecided.
  const check = () => lab(workshop, ['check', '03'], [0, 3]);
  await check();
  const checked = await medianTime(3, check);
  return [
    time('signing in with a password, p50', byPassword),
    time("signing in with SRP, both calls without the client's part, p50", median(bySrp)),
    time('a handshake with a token, through authorizer and $connect, p50', median(handshakes)),
    time('lab check 03, with the account running', checked),
  ];
};

async function signIn({ cognito, clientId, username, password }: SignInRoom): Promise<string> {
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  );
  const token = AuthenticationResult?.IdToken;
  if (token === undefined) throw new Error('Signing in gave no token.');
  return token;
}

/** Milliseconds of the two calls. The client's computation in between isn't the account's. */
async function signInBySrp({ cognito, clientId: ClientId, poolId, username, password }: SignInRoom): Promise<number> {
  const session = createSrpSession(username, password, poolId, false);
  const AuthParameters = { CHALLENGE_NAME: 'SRP_A', USERNAME: username };
  const asking = new InitiateAuthCommand(
    wrapInitiateAuth(session, { ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters }),
  );
  const began = performance.now();
  const challenge = await cognito.send(asking);
  const challenged = performance.now() - began;
  const answer = new RespondToAuthChallengeCommand(
    wrapAuthChallenge(signSrpSession(session, challenge), {
      ClientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses: { USERNAME: username },
    }),
  );
  return challenged + (await timed(() => cognito.send(answer)));
}

/** Milliseconds until the socket is open. */
async function comeIn({ address }: SignInRoom, token: string): Promise<number> {
  const began = performance.now();
  const socket = new WebSocket(`${address}?token=${token}`);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const took = performance.now() - began;
  await new Promise((resolve) => {
    socket.once('close', resolve);
    socket.close();
  });
  return took;
}
