/** A resource because of which a template was rejected as a whole. */
interface RejectedResource {
  /** Its logical id. */
  readonly id: string;
  /** The next step, if it is known. */
  readonly next?: string | undefined;
}

/**
 * Returns the resource that a template was rejected for, according to the CDK CLI's output; undefined if it names none:
 * the first whose type, or one of whose properties, the practice account doesn't support, or the one with a null.
 */
export function rejectedResource(output: string, template: string, again: string): RejectedResource | undefined {
  const [, id] = /\[\/Resources\/(\w+)\/[^\]]*\] 'null' values are not allowed/.exec(output) ?? [];
  if (id !== undefined) {
    return { id, next: `NaN becomes null in a template, and Number(undefined) is NaN. Repair the value and ${again}.` };
  }
  const [, property, type] =
    /doesn't support the (?:resource type|property (\w+)[\w.]* of) (\w+(?:::\w+)+)/.exec(output) ?? [];
  if (type === undefined) return undefined;
  const { Resources = {} } = JSON.parse(template) as {
    readonly Resources?: Readonly<Record<string, { readonly Type?: string; readonly Properties?: object }>>;
  };
  const found = Object.entries(Resources).find(
    ([, { Type, Properties = {} }]) => Type === type && (property === undefined || Object.hasOwn(Properties, property)),
  );
  const next =
    type === 'Custom::LogRetention'
      ? `\`logRetention\` adds a function that sets it. Pass a log group instead, and ${again}: \`logGroup: new LogGroup(…, { retention: … })\`.`
      : undefined;
  return found && { id: found[0], next };
}
