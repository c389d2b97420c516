import type { IntegrationRecord, IntegrationResponseRecord } from '../apigatewayv2/records.ts';

type Mock = Pick<IntegrationRecord, 'RequestTemplates' | 'TemplateSelectionExpression'>;

/** A MOCK integration's status; undefined if its template is more than a plain `{"statusCode": 200}`. */
export function mockStatus({ RequestTemplates, TemplateSelectionExpression }: Mock): number | undefined {
  if (RequestTemplates === undefined || Object.keys(RequestTemplates).length === 0) return 200;
  const key = (TemplateSelectionExpression ?? '$default').replace(/^\\/, '');
  const template = Object.hasOwn(RequestTemplates, key) ? RequestTemplates[key] : undefined;
  // `$` and `#` begin Velocity expressions.
  if (template === undefined || /[$#]/.test(template)) return undefined;
  try {
    const { statusCode } = JSON.parse(template) as { statusCode?: unknown };
    return typeof statusCode === 'number' ? statusCode : undefined;
  } catch {
    return undefined;
  }
}

/** A MOCK integration's text: that of its response for the status, or else of its `$default` response. */
export function mockBody(responses: readonly IntegrationResponseRecord[], status: number): string | undefined {
  const find = (key: string) => responses.find((response) => response.IntegrationResponseKey === key);
  const response = find(`/${status}/`) ?? find('$default');
  return Object.values(response?.ResponseTemplates ?? {})[0];
}
