import type { Caller } from '../calls/caller.ts';
import type { UserRecord } from '../services/iam/records.ts';

const UserName = 'administrator';
const UserId = 'AIDAADMINISTRATOR0000';

/** The user that every account has initially, whose access key `lab env` prints. */
export function administrator(accountId: string): Caller {
  return { accountId, arn: arnOf(accountId), userId: UserId, type: 'user' };
}

/** The same user as IAM shows it: an ordinary user with administrator permissions. */
export function administratorRecord(accountId: string, CreateDate: string): UserRecord {
  return {
    UserName,
    UserId,
    Arn: arnOf(accountId),
    Path: '/',
    CreateDate,
    Tags: [],
    inline: {},
    attached: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  };
}

function arnOf(accountId: string): string {
  return `arn:aws:iam::${accountId}:user/${UserName}`;
}
