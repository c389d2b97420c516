import type { StackResource } from '../checking/check.ts';
import type { Properties } from './declared.ts';

/** `Table` and `TableV2` of the CDK make different types. In its own Region, the table is the same. */
const types: readonly string[] = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

/** Returns whether a resource is a table. */
export function isTable({ type }: Pick<StackResource, 'type'>): boolean {
  return types.includes(type);
}

/** Returns the same entry for each type of table, for a map by type. */
export function ofTables<Entry>(entry: Entry): Readonly<Record<string, Entry>> {
  return Object.fromEntries(types.map((type) => [type, entry]));
}

/**
 * Returns a resource's properties in a template, those of a global table as an AWS::DynamoDB::Table has them: settings
 * such as recovery are in its replica in the stack's Region.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-globaltable-replicaspecification.html
 */
export function inOwnRegion(properties: Properties, region: string): Properties {
  const { Replicas, ...others } = properties;
  if (!Array.isArray(Replicas)) return properties;
  const isOwn = ({ Region }: Properties) =>
    Region === region || (Region as { Ref?: unknown } | undefined)?.Ref === 'AWS::Region';
  return { ...Replicas.find(isOwn), ...others };
}
