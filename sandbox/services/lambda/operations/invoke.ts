import type { InvocationRequest } from '@aws-sdk/client-lambda';
import type { Call } from '../../../calls/context.ts';
import { AwsError, UnsupportedError } from '../../../calls/errors.ts';
import { operation } from '../../../calls/operation.ts';
import { endOfJson } from '../../../protocols/end-of-json.ts';
import { findVersion, functionArn, invalid } from '../function-name.ts';
import type { InvokeOutput } from '../protocol.ts';
import { policyOf } from '../resource-policy.ts';

/** Bytes of an event (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const largest = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024, DryRun: 6 * 1024 * 1024 } as const;

/** When a failed asynchronous invocation is retried, in milliseconds: twice, as on AWS. */
const retries = [60_000, 120_000];

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const invoke = operation<InvocationRequest, InvokeOutput, 'store' | 'functions' | 'say'>({
  action: 'lambda:InvokeFunction',
  resource: functionArn,
  resourcePolicy: policyOf,
  async run(input, call) {
    const { InvocationType = 'RequestResponse', LogType, ClientContext, Payload = new Uint8Array() } = input;
    if (!isKnown(InvocationType)) throw invalid(`Unknown InvocationType ${InvocationType}.`);
    if (ClientContext !== undefined) throw new UnsupportedError("Invoke's ClientContext");
    const { record, qualifier, version } = findVersion(input, call);
    const payload = await checked(Buffer.from(Payload), InvocationType);
    const arn = qualifier === undefined ? record.FunctionArn : `${record.FunctionArn}:${qualifier}`;
    if (InvocationType === 'DryRun') return { StatusCode: 204, ExecutedVersion: version.Version };
    if (InvocationType === 'Event') {
      later(call, arn, payload, retries);
      return { StatusCode: 202 };
    }
    const result = await call.functions.invoke({ functionArn: arn, payload, requestId: call.requestId });
    return {
      StatusCode: 200,
      Payload: result.payload,
      ExecutedVersion: result.executedVersion,
      FunctionError: result.functionError,
      ...(LogType === 'Tail' ? { LogResult: Buffer.from(result.logTail).toString('base64') } : {}),
    };
  },
});

function isKnown(type: string): type is keyof typeof largest {
  return Object.hasOwn(largest, type);
}

async function checked(bytes: Buffer, type: keyof typeof largest): Promise<string | Buffer> {
  if (bytes.length > largest[type]) {
    throw new AwsError(
      'RequestEntityTooLargeException',
      `${bytes.length} byte payload is too large for the ${type} invocation type (limit ${largest[type]} bytes)`,
      413,
      { Type: 'User' },
    );
  }
  if (bytes.length === 0) return '{}';
  const end = await endOfJson(bytes);
  if (end >= 0) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: Unexpected ${end < bytes.length ? `character at byte ${end}` : 'end-of-input'}`,
      400,
      { Type: 'User' },
    );
  }
  return bytes;
}

/** An asynchronous invocation: nobody waits for it, and failures are retried as long as the account runs. */
function later(
  call: Pick<Call<'functions' | 'say'>, 'functions' | 'say' | 'requestId'>,
  functionArn: string,
  payload: string | Buffer,
  [pause, ...more]: readonly number[],
): void {
  const again = () => {
    if (pause !== undefined) setTimeout(later, pause, call, functionArn, payload, more).unref();
  };
  call.functions.invoke({ functionArn, payload, requestId: call.requestId, nobodyWaits: true }).then(
    ({ functionError }) => {
      if (functionError !== undefined) again();
    },
    (error) => {
      if (error instanceof AwsError && error.status === 429) again();
      else call.say(`An asynchronous invocation of ${functionArn} couldn't be run: ${error}`);
    },
  );
}
