import type { Parsed, Protocol } from '../../calls/operation.ts';
import { RestAnswer, restJson } from '../../protocols/rest-json.ts';
import { separateZip } from './zip-in-json.ts';

const style = restJson({ members: 'same', maps: ['Variables', 'Tags'], raw: ['Invoke'], dates: 'seconds' });

/** 201 for creations, 204 without a body for deletions, otherwise 200. */
const statuses: Readonly<Record<string, number>> = {
  CreateFunction: 201,
  CreateAlias: 201,
  PublishVersion: 201,
  AddPermission: 201,
  DeleteFunction: 204,
  DeleteAlias: 204,
  RemovePermission: 204,
  DeleteFunctionConcurrency: 204,
  TagResource: 204,
  UntagResource: 204,
};

/** REST JSON with Lambda's statuses; Invoke's bytes are passed through. */
export const protocol: Protocol = {
  async parse(request, service) {
    const { operation, input } = await parse(request, service);
    if (operation === 'Invoke') {
      const { Body, Headers, ...named } = input as InvokeOnTheWire;
      return {
        operation,
        input: {
          ...named,
          Payload: Body,
          InvocationType: Headers['x-amz-invocation-type'],
          LogType: Headers['x-amz-log-type'],
          ClientContext: Headers['x-amz-client-context'],
        },
      };
    }
    // The only list in a query string: `tagKeys=a&tagKeys=b`.
    return request.query.has('tagKeys')
      ? { operation, input: { ...input, TagKeys: request.query.getAll('tagKeys') } }
      : { operation, input };
  },
  respond(output, detail) {
    if (detail.operation === 'Invoke') return style.respond(invokeAnswer(output as InvokeOutput), detail);
    const status = statuses[detail.operation ?? ''] ?? 200;
    return style.respond(new RestAnswer(status, status === 204 ? undefined : output), detail);
  },
  fail: style.fail,
};

/** Parses a request whose zip, if it is large, is decoded separately. */
async function parse(...[request, service]: Parameters<Protocol['parse']>): Promise<Parsed> {
  const separated = await separateZip(request.body);
  if (separated === undefined) return style.parse(request, service);
  const { operation, input } = style.parse({ ...request, body: separated.body }, service);
  const { placeholder, zip } = separated;
  const { Code, ZipFile } = input as { readonly Code?: { readonly ZipFile?: unknown }; readonly ZipFile?: unknown };
  if (ZipFile === placeholder) return { operation, input: { ...input, ZipFile: zip } };
  if (Code?.ZipFile === placeholder) return { operation, input: { ...input, Code: { ...Code, ZipFile: zip } } };
  // It's somewhere else, without meaning.
  return style.parse(request, service);
}

interface InvokeOnTheWire {
  readonly Body: Buffer;
  readonly Headers: Readonly<Record<string, string>>;
}

/** Invoke's response, in the SDK's names. */
export interface InvokeOutput {
  readonly StatusCode: 200 | 202 | 204;
  readonly Payload?: string;
  readonly FunctionError?: string;
  /** Base64. */
  readonly LogResult?: string;
  readonly ExecutedVersion?: string;
}

function invokeAnswer({ StatusCode, Payload, FunctionError, LogResult, ExecutedVersion }: InvokeOutput): RestAnswer {
  return new RestAnswer(StatusCode, Payload ?? '', {
    ...(FunctionError === undefined ? {} : { 'x-amz-function-error': FunctionError }),
    ...(LogResult === undefined ? {} : { 'x-amz-log-result': LogResult }),
    ...(ExecutedVersion === undefined ? {} : { 'x-amz-executed-version': ExecutedVersion }),
  });
}
