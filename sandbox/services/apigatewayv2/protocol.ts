import type { Protocol } from '../../calls/operation.ts';
import { restJson } from '../../protocols/rest-json.ts';

const style = restJson({
  members: 'lower',
  maps: [
    'Tags',
    'StageVariables',
    'RouteSettings',
    'RequestModels',
    'RequestParameters',
    'RequestTemplates',
    'ResponseModels',
    'ResponseParameters',
    'ResponseTemplates',
  ],
  dates: 'iso',
});

/** REST JSON with API Gateway's statuses: 201 for creations, 204 without a body for deletions, otherwise 200. */
export const protocol: Protocol = {
  parse(request, service) {
    const { operation, input } = style.parse(request, service);
    // The only list in a query string: `tagKeys=a&tagKeys=b`.
    return request.query.has('tagKeys')
      ? { operation, input: { ...input, TagKeys: request.query.getAll('tagKeys') } }
      : { operation, input };
  },
  respond(output, detail) {
    const response = style.respond(output, detail);
    const { operation = '' } = detail;
    if (/^(Delete|Untag)/.test(operation)) return { ...response, status: 204, body: '' };
    return /^(Create|Tag)/.test(operation) ? { ...response, status: 201 } : response;
  },
  fail: style.fail,
};
