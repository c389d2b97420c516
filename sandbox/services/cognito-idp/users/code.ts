import { createHash } from 'node:crypto';
import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';
import type { Call } from '../../../calls/context.ts';
import { AwsError } from '../../../calls/errors.ts';
import type { SentCode, UserPoolRecord, UserRecord } from '../records.ts';
import { text } from '../shape.ts';
import { putUser } from './user.ts';

/** How long a code is valid, in hours (https://docs.aws.amazon.com/cognito/latest/developerguide/limits.html). */
const hours = { SignUp: 24, ForgotPassword: 1, VerifyAttribute: 24 } as const;

/** How many wrong codes can be tried before no code is accepted anymore. */
const mostWrong = 5;

const forWhat = {
  SignUp: 'to confirm the sign-up',
  ForgotPassword: 'to set a new password',
  VerifyAttribute: 'to verify the address',
} as const;

/** A code that somebody enters. */
export const codeShape = text(1, 2048, /[\S]+/);

type Sending = Pick<SentCode, 'purpose' | 'attribute' | 'destination'>;

/** A new six-digit code, not sent yet. */
export function newCode({ purpose, attribute, destination }: Sending, { ids, clock }: Call<'ids' | 'clock'>): SentCode {
  const now = clock.now();
  return {
    purpose,
    attribute,
    destination,
    code: String(ids.bytes(4).readUInt32BE() % 1_000_000).padStart(6, '0'),
    sent: now.toISOString(),
    expires: new Date(now.getTime() + hours[purpose] * 3_600_000).toISOString(),
    wrong: 0,
  };
}

/** A user's codes with a new one, which replaces an earlier one with the same purpose. */
export function codesWith({ codes }: Pick<UserRecord, 'codes'>, code: SentCode): readonly SentCode[] {
  return [...codesWithout({ codes }, code), code];
}

/** A user's codes without those for one purpose. */
export function codesWithout(
  { codes }: Pick<UserRecord, 'codes'>,
  { purpose, attribute }: Pick<SentCode, 'purpose' | 'attribute'>,
): readonly SentCode[] {
  return codes.filter((one) => one.purpose !== purpose || one.attribute !== attribute);
}

/** Prints a mail or a text message that AWS would send. Nobody reads those to the checker's visitors. */
export function tellMail(line: string, { say, isProbe }: Pick<Call<'say'>, 'say' | 'isProbe'>): void {
  if (isProbe !== true) say(line, 'mail');
}

/** Prints a code that AWS would send. */
export function tellCode(
  { code, purpose, destination, attribute }: SentCode,
  { username }: Pick<UserRecord, 'username'>,
  { id }: Pick<UserPoolRecord, 'id'>,
  call: Pick<Call<'say'>, 'say' | 'isProbe'>,
): void {
  const means = attribute === 'phone_number' ? 'text messages' : 'mail';
  tellMail(
    `The practice account sends no ${means}. AWS would send ${username} of the user pool ${id} the code ${code} ${forWhat[purpose]}, at ${destination}.`,
    call,
  );
}

/** An accepted code, or why it was rejected, with the remaining codes. */
export type Judged =
  | { readonly taken: SentCode }
  | { readonly refused: AwsError; readonly codes?: readonly SentCode[] };

/** Checks a code that somebody enters. */
export function judgeCode(
  user: Pick<UserRecord, 'codes'>,
  {
    purpose,
    attribute,
    given,
  }: { readonly purpose: SentCode['purpose']; readonly attribute?: string; readonly given: string | undefined },
  { clock }: Call<'clock'>,
): Judged {
  const sent = user.codes.find(
    (one) => one.purpose === purpose && (attribute === undefined || one.attribute === attribute),
  );
  if (sent === undefined || Date.parse(sent.expires) <= clock.now().getTime()) return { refused: expiredCode() };
  if (sent.wrong >= mostWrong) return { refused: limitExceeded() };
  if (sent.code === given) return { taken: sent };
  return {
    refused: codeMismatch(),
    codes: user.codes.map((one) => (one === sent ? { ...one, wrong: one.wrong + 1 } : one)),
  };
}

/** Rejects a code; wrong ones are counted. */
export async function refuseCode(
  { refused, codes }: Extract<Judged, { readonly refused: AwsError }>,
  user: UserRecord,
  pool: UserPoolRecord,
  call: Call<'store'>,
): Promise<never> {
  if (codes !== undefined) await call.store.commit([putUser({ ...user, codes }, pool, call)]);
  throw refused;
}

export function codeMismatch(): AwsError {
  return new AwsError('CodeMismatchException', 'Invalid verification code provided, please try again.');
}

export function expiredCode(): AwsError {
  return new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
}

function limitExceeded(): AwsError {
  return new AwsError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
}

/** Where a code was sent, in the format of responses: `a***@e***`, `+*******1234`. */
export function deliveryOf({
  attribute,
  destination,
}: Pick<SentCode, 'attribute' | 'destination'>): CodeDeliveryDetailsType {
  return {
    AttributeName: attribute,
    DeliveryMedium: attribute === 'phone_number' ? 'SMS' : 'EMAIL',
    Destination: attribute === 'phone_number' ? `+*******${destination.slice(-4)}` : masked(destination),
  };
}

/** The response for a nonexistent user if the client hides who exists: the same at every attempt. */
export function feignedDelivery(username: string): CodeDeliveryDetailsType {
  const [first = 'a', second = 'a'] = createHash('sha256')
    .update(username)
    .digest('hex')
    .replace(/[^a-f]/g, '');
  const destination = username.includes('@') ? username : `${first}@${second}`;
  return deliveryOf({ attribute: 'email', destination });
}

function masked(address: string): string {
  const [name = '', domain = ''] = address.split('@');
  return `${name.charAt(0)}***@${domain.charAt(0)}***`;
}
