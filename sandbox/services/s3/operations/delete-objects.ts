import type { Delete, DeleteObjectsRequest } from '@aws-sdk/client-s3';
import { accessDenied } from '../../../authorization/access-denied.ts';
import { decideFor } from '../../../authorization/authorize.ts';
import type { Call } from '../../../calls/context.ts';
import { UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import type { RestXmlOutput } from '../../../protocols/rest-xml.ts';
import { requireBucket, s3Arn } from '../bucket.ts';
import { s3Context } from '../context.ts';
import { inBucket, objects } from '../records.ts';
import { malformed, xmlBody } from '../xml-body.ts';

type Input = Partial<DeleteObjectsRequest> & { Body?: Buffer };

/**
 * Each key is authorized separately: denied deletions are reported in the response, and the others are done
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html).
 */
export const deleteObjects = operation<Input, RestXmlOutput, 'store' | 'callerPolicies' | 'clock'>({
  needsNoPermission: true,
  resource: s3Arn,
  async run(input, call) {
    const scope = inBucket(requireBucket(input, call).Name);
    const { keys, quiet } = asked(input);
    if (keys.length === 0 || keys.length > 1000) throw malformed();
    const denied = keys.flatMap((Key) => denialOf(input, Key, call));
    const refused = new Set(denied.map(({ Key }) => Key));
    const allowed = keys.filter((key) => !refused.has(key));
    await call.store.commit(allowed.map((key) => objects.remove(scope, key)));
    const Deleted = quiet ? [] : allowed.map((Key) => ({ Key }));
    return { document: { DeleteResult: { Deleted, Error: denied } } };
  },
});

interface Denied {
  readonly Key: string;
  readonly Code: string;
  readonly Message: string;
}

function denialOf(input: Input, Key: string, call: Call<'store' | 'callerPolicies' | 'clock'>): readonly Denied[] {
  const action = 's3:DeleteObject';
  const resource = s3Arn({ Bucket: input.Bucket, Key });
  const decision = decideFor(call.caller, { action, resource, context: s3Context(input, call) }, call);
  if (decision === undefined || decision.decision === 'allowed') return [];
  const { code, message } = accessDenied({ name: 's3' }, { principalArn: call.caller.arn, action, resource, decision });
  return [{ Key, Code: code, Message: message }];
}

function asked(input: Input): { keys: string[]; quiet: boolean } {
  const given = (input.Delete ?? xmlBody(input.Body, 'Delete')) as
    | (Delete & { Object?: Delete['Objects']; Quiet?: unknown })
    | undefined;
  const list = given?.Objects ?? given?.Object ?? [];
  if (list.some(({ VersionId }) => VersionId !== undefined && VersionId !== 'null')) {
    throw new UnsupportedError('S3 object versions');
  }
  return { keys: list.map(({ Key }) => String(Key)), quiet: String(given?.Quiet) === 'true' };
}
