import type { ResourceCall } from './resource-type.ts';

/** The ARN, without a qualifier, of a function given by name or by ARN. */
export function functionArn(nameOrArn: string, { region, accountId }: Pick<ResourceCall, 'region' | 'accountId'>) {
  if (nameOrArn.startsWith('arn:')) return nameOrArn.split(':').slice(0, 7).join(':');
  return `arn:aws:lambda:${region}:${accountId}:function:${nameOrArn.split(':')[0]}`;
}
