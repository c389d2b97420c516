/**
 * Returns the logical id of the first resource with what the practice account doesn't support, according to the CDK
 * CLI's output: its type, or one of its properties. CloudFormation rejects the whole template for that.
 */
export function unsupportedResource(output: string, template: string): string | undefined {
  const [, property, type] =
    /doesn't support the (?:resource type|property (\w+)[\w.]* of) (\w+::\w+::\w+)/.exec(output) ?? [];
  if (type === undefined) return undefined;
  const { Resources = {} } = JSON.parse(template) as {
    readonly Resources?: Readonly<Record<string, { readonly Type?: string; readonly Properties?: object }>>;
  };
  const found = Object.entries(Resources).find(
    ([, { Type, Properties = {} }]) => Type === type && (property === undefined || Object.hasOwn(Properties, property)),
  );
  return found?.[0];
}
