import type { InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';
import { invalidParameter } from '../errors.ts';
import { type Sealed, seal, unseal } from '../seal.ts';
import { isClientValue, provesPassword, publicValue, type Verifier } from '../srp.ts';
import { keysOf } from '../tokens/issue.ts';
import { hidesAbsence, userNotFound, wrongPassword } from '../user-errors.ts';
import { findUser } from '../users/user.ts';
import { admit } from './admit.ts';
import { feignedUser } from './feigned-user.ts';
import { refusePassword, requireNoLockout } from './lockout.ts';
import { parameter, usernameOf } from './parameters.ts';
import { requireOpen, sessionEnd } from './session.ts';
import type { SignInAttempt, SignInCall } from './sign-in-attempt.ts';

/**
 * The pool's memory of an exchange until the client answers: it is in the secret block, so that the pool stores
 * nothing.
 */
interface SrpSession extends Sealed {
  readonly kind: 'srp';
  readonly username: string;
  readonly clientId: string;
  readonly clientValue: string;
  /** The server's private value, hexadecimal. */
  readonly secret: string;
  /** The password version of the challenge: a new password ends it. */
  readonly kept: Verifier;
}

/**
 * USER_SRP_AUTH: returns the challenge PASSWORD_VERIFIER, also for nonexistent users if the client hides who exists.
 */
export async function beginSrp(attempt: SignInAttempt, call: SignInCall): Promise<InitiateAuthResponse> {
  const { pool, client } = attempt;
  const given = usernameOf(attempt);
  const clientValue = parameter(attempt, 'SRP_A');
  if (!isClientValue(clientValue)) throw invalidParameter('SRP_A is not a valid value.');
  const keys = keysOf(pool.id, call);
  const user = findUser(given, pool, call);
  if (user === undefined && !hidesAbsence(client)) throw userNotFound();
  const feigned = feignedUser(given, pool, keys);
  const { username, password: kept = feigned.password } = user ?? feigned;
  const secret = call.ids.bytes(32);
  const session: SrpSession = {
    kind: 'srp',
    exp: sessionEnd(attempt, call),
    username,
    clientId: client.id,
    clientValue,
    secret: secret.toString('hex'),
    kept,
  };
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: kept.salt,
      SECRET_BLOCK: Buffer.from(await seal(session, keys)).toString('base64'),
      SRP_B: publicValue(kept, secret),
      USERNAME: username,
      USER_ID_FOR_SRP: username,
    },
  };
}

/** The answer to PASSWORD_VERIFIER. */
export async function finishSrp(attempt: SignInAttempt, call: SignInCall): Promise<InitiateAuthResponse> {
  const { pool, client } = attempt;
  const given = usernameOf(attempt);
  const secretBlock = Buffer.from(parameter(attempt, 'PASSWORD_CLAIM_SECRET_BLOCK'), 'base64');
  const signature = parameter(attempt, 'PASSWORD_CLAIM_SIGNATURE');
  const timestamp = parameter(attempt, 'TIMESTAMP');
  if (!/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d\d:\d\d:\d\d UTC \d{4}$/.test(timestamp)) {
    throw invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.');
  }
  const session = await unseal<SrpSession>(secretBlock.toString('latin1'), 'srp', keysOf(pool.id, call));
  if (session === undefined || session.clientId !== client.id) throw wrongPassword();
  requireOpen(session, call);
  const { username, clientValue, kept } = session;
  const exchange = { kept, clientValue, secret: Buffer.from(session.secret, 'hex') };
  // Also computed for a nonexistent user, so that timing reveals nothing.
  const proves = provesPassword(exchange, { poolId: pool.id, username, secretBlock, timestamp, signature });
  const user = findUser(username, pool, call);
  // The proof is for the user who began: another name is rejected, and costs neither user an attempt.
  if (user?.password === undefined || findUser(given, pool, call)?.username !== username) throw wrongPassword();
  requireNoLockout(user, call);
  const isProof = proves && kept.verifier === user.password.verifier;
  return isProof ? admit(user, attempt, call) : refusePassword(user, pool, call);
}
