import { describe, expect, test } from 'vitest';
import { changesBetween, driftInWords } from './drift.ts';

function template(resources: Record<string, { Type: string; Properties?: object; path?: string }>): string {
  const Resources = Object.fromEntries(
    Object.entries(resources).map(([id, { path, ...resource }]) => [
      id,
      { ...resource, Metadata: path === undefined ? {} : { 'aws:cdk:path': `chat/${path}` } },
    ]),
  );
  return JSON.stringify({ Resources });
}

const api = { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'chat' }, path: 'Api/Resource' };
const route = {
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { RouteKey: 'sendmessage' },
  path: 'Api/sendmessage-Route/Resource',
};
const send = { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: 'a.zip' } }, path: 'SendMessage/Resource' };
const code = { code: true };

describe('what deploying a file would change', () => {
  test("is nothing if the templates are the same apart from the CDK's notes", () => {
    const metadata = { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'x' } };
    expect(changesBetween(template({ api, route }), template({ route, api, metadata }), code)).toEqual([]);
  });

  test('compares resources by the names their author gave them', () => {
    const other = { ...route, Properties: { RouteKey: 'sendMessage' } };
    expect(changesBetween(template({ api }), template({ api, route }), code)).toEqual([
      'adds AWS::ApiGatewayV2::Route Api/sendmessage-Route',
    ]);
    expect(changesBetween(template({ api, route: other }), template({ api, route }), code)).toEqual([
      'changes AWS::ApiGatewayV2::Route Api/sendmessage-Route: RouteKey',
    ]);
    expect(changesBetween(template({ api, route }), template({ api }), code)).toEqual([
      'removes AWS::ApiGatewayV2::Route Api/sendmessage-Route',
    ]);
  });

  test('function bundles are compared only if the same tool produced both', () => {
    const bundled = { ...send, Properties: { Code: { S3Key: 'b.zip' } } };
    expect(changesBetween(template({ send }), template({ send: bundled }), { code: false })).toEqual([]);
    expect(changesBetween(template({ send }), template({ send: bundled }), code)).toEqual([
      'changes AWS::Lambda::Function SendMessage: Code',
    ]);
  });

  test('cannot be determined for a template that the CDK did not write', () => {
    expect(changesBetween('Resources: {}', template({ api }), code)).toEqual([]);
  });
});

test('in words: which of the three differs', () => {
  const stack = { deployed: true, id: 'arn', status: 'CREATE_COMPLETE', changedAt: 1 } as const;
  const said = (kind: 'file ahead' | 'older deployed' | 'by hand', status: 'fixed' | 'not fixed' = 'not fixed') =>
    driftInWords({ kind, changes: [] }, status, { stack });
  expect(said('file ahead')).toMatch(/^The lab as shipped .* Your files have changed since\.$/);
  expect(said('older deployed')).toContain('An older version of your files');
  expect(said('older deployed', 'fixed')).toContain('and fixes the lab');
  expect(said('by hand', 'fixed')).toContain('The repair was made manually in the account.');
  expect(said('by hand')).toContain('Part of this was changed manually in the account;');
});

test('says that the last deployment was rolled back, not that somebody else deployed', () => {
  const stack = { deployed: true, id: 'arn', status: 'UPDATE_ROLLBACK_COMPLETE', changedAt: 1 } as const;
  const drift = { kind: 'older deployed', changes: [], fromElsewhere: true, rolledBack: true } as const;
  for (const status of ['fixed', 'not fixed'] as const) {
    expect(driftInWords(drift, status, { stack })).toMatch(/^The last deployment was rolled back \(/);
  }
});
