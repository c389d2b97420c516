import type { Place } from '../checking/check.ts';
import { propertiesIn } from '../observe/declared.ts';
import { escaped } from '../observe/escaped.ts';
import { DEFAULT_POLICY, programReader } from '../observe/locate.ts';
import type { FailedDeployment } from './failed-deployment.ts';

/** A failed default policy in words, and the line that the failure comes from, if that is clear. */
export interface FailedPolicy {
  readonly said: string;
  readonly place?: Place | undefined;
}

/** The texts of the stack's templates: the one to deploy, and the one that was last deployed. */
export interface Templates {
  readonly written: string;
  readonly deployed: string;
}

/**
 * Explains a role's default policy that couldn't be created or changed: which statements are new in it. Each grant adds
 * one, and CloudFormation reports only the policy. Undefined for any other resource.
 */
export function failedPolicy(
  id: string,
  { root, labFolder, paths }: Pick<FailedDeployment, 'root' | 'labFolder' | 'paths'>,
  { written, deployed }: Templates,
): FailedPolicy | undefined {
  const [, of] = new RegExp(`^[^/]+/(.+)/${DEFAULT_POLICY}/Resource$`).exec(paths.get(id) ?? '') ?? [];
  if (of === undefined) return undefined;
  const before = new Set(statementsIn(deployed, id).map((statement) => JSON.stringify(statement)));
  const added = statementsIn(written, id).filter((statement) => !before.has(JSON.stringify(statement)));
  const said = `Every grant to ${of} adds a statement to this policy.`;
  if (added.length === 0) return { said };
  const actions = added.map(({ Action = [] }) => [Action].flat());
  const news = actions.map((each) => each.join(', ')).join('; ');
  const [only, ...others] = actions;
  return {
    said: `${said} New in this deployment: ${news}`,
    place:
      only === undefined || others.length > 0 ? undefined : onlyLineWith(only, programReader({ root, labFolder })()),
  };
}

function statementsIn(template: string, id: string): ReadonlyArray<{ readonly Action?: string | readonly string[] }> {
  const { PolicyDocument } = propertiesIn(template)[id] ?? {};
  const { Statement = [] } = { ...(PolicyDocument as { readonly Statement?: [] } | undefined) };
  return [Statement].flat();
}

/** Returns the only line that has one of these actions as a string. A `grant…` method's line has none. */
function onlyLineWith(actions: readonly string[], program: ReturnType<ReturnType<typeof programReader>>) {
  if (program === undefined) return undefined;
  const literal = new RegExp(`(['"\`])(?:${actions.map(escaped).join('|')})\\1`);
  const found = program.text.split('\n').flatMap((line, index) => (literal.test(line) ? index + 1 : []));
  const [line, ...others] = found;
  return line === undefined || others.length > 0 ? undefined : { file: program.file, line };
}
