import type { Service } from '../../calls/operation.ts';
import { query } from '../../protocols/query.ts';
import { tagsOf } from '../iam/tags-of.ts';
import { assumeRole } from './operations/assume-role.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import { getSessionToken } from './operations/get-session-token.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/ */
export const sts: Service = {
  name: 'sts',
  title: 'Security Token Service',
  protocol: query,
  tagsOf,
  resourceTagKey: 'iam:ResourceTag',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: {
    AssumeRole: assumeRole,
    GetCallerIdentity: getCallerIdentity,
    GetSessionToken: getSessionToken,
  },
};
