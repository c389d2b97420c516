import type { Change, ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import type { ResourceRecord } from '../records.ts';
import { ValidationError } from '../validation-error.ts';
import type { DesiredResource } from './change-resource.ts';
import { changedProperties, isReplacing, isSame } from './compare.ts';
import { type Deployment, deploymentValues, desiredResource } from './desired-resources.ts';
import { presentResources } from './evaluation.ts';
import { resourcesOf } from './journal.ts';
import { type Dependencies, dependencies } from './order.ts';
import { references } from './references.ts';
import type { Template } from './template.ts';
import { isUnknown, unknownIn } from './template-values.ts';

/**
 * Returns the changes that a deployment would make, as in a change set. `former` is the template of the current stack.
 * Values that depend on a resource yet to be created are unknown; if they decide, a replacement is `Conditional`.
 * Throws if a resource changes its type.
 */
export function planChanges(deployment: Deployment, former: Template | undefined): Change[] {
  const { engine, template, stack } = deployment;
  const records = new Map(
    resourcesOf({ engine, stackId: stack.StackId }).map((record) => [record.logicalId, record] as const),
  );
  const pending = new Set<string>();
  const values = deploymentValues(deployment, pending);
  const present = presentResources(template, values);
  const retyped = present.filter(
    (id) => (records.get(id)?.type ?? template.Resources[id]?.Type) !== template.Resources[id]?.Type,
  );
  if (retyped.length > 0) {
    throw new ValidationError(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${retyped.join(', ')}]`,
    );
  }
  const graph = dependencies(template, present);
  const changes: ResourceChange[] = [];
  for (const logicalId of sorted(graph)) {
    const target = desiredResource(deployment, logicalId, values, graph);
    const record = records.get(logicalId);
    const change =
      record === undefined
        ? { Action: 'Add' as const, LogicalResourceId: logicalId, ResourceType: target.type, Scope: [], Details: [] }
        : modification(record, target, deployment, former);
    if (change === undefined) continue;
    changes.push(change);
    if (change.Action === 'Add' || change.Replacement !== 'False') pending.add(logicalId);
  }
  for (const [logicalId, record] of records) {
    if (!present.includes(logicalId)) changes.push(removal(record));
  }
  return changes
    .sort((a, b) => ((a.LogicalResourceId ?? '') < (b.LogicalResourceId ?? '') ? -1 : 1))
    .map((change) => ({ Type: 'Resource', ResourceChange: change }));
}

function modification(
  record: ResourceRecord,
  target: DesiredResource,
  { engine, template }: Deployment,
  former: Template | undefined,
): ResourceChange | undefined {
  const { logicalId } = target;
  const type = engine.types[target.type];
  const changed = changedProperties(record.properties, target.properties);
  const details = changed.map((name): ResourceChangeDetail => {
    const value = target.properties[name];
    const isReplaced = type !== undefined && isReplacing(type, name, record.properties[name], value);
    const recreation = isReplaced ? 'Always' : 'Never';
    const parameter = references(template.Resources[logicalId]?.Properties?.[name]).find(
      (reference) => template.Parameters[reference.name] !== undefined,
    );
    const isAsBefore = isSame(
      former?.Resources[logicalId]?.Properties?.[name],
      template.Resources[logicalId]?.Properties?.[name],
    );
    const cause = isUnknown(value)
      ? causeOf(value)
      : isAsBefore && parameter !== undefined
        ? ({ ChangeSource: 'ParameterReference', CausingEntity: parameter.name } as const)
        : ({ ChangeSource: 'DirectModification' } as const);
    return {
      Target: { Attribute: 'Properties', Name: name, RequiresRecreation: recreation },
      Evaluation: isUnknown(value) ? 'Dynamic' : 'Static',
      ...cause,
    };
  });
  if (type?.taggable === true && !isSame(record.tags, target.tags)) {
    details.push({
      Target: { Attribute: 'Tags', RequiresRecreation: 'Never' },
      Evaluation: 'Static',
      ChangeSource: 'DirectModification',
    });
  }
  if (record.metadata !== target.metadata) {
    details.push({
      Target: { Attribute: 'Metadata', RequiresRecreation: 'Never' },
      Evaluation: 'Static',
      ChangeSource: 'DirectModification',
    });
  }
  for (const [attribute, before, after] of [
    ['DeletionPolicy', record.deletionPolicy, target.deletionPolicy],
    ['UpdateReplacePolicy', record.updateReplacePolicy, target.updateReplacePolicy],
  ] as const) {
    if (before === after) continue;
    details.push({
      Target: { Attribute: attribute, RequiresRecreation: 'Never', BeforeValue: before, AfterValue: after },
      Evaluation: 'Static',
      ChangeSource: 'DirectModification',
    });
  }
  if (details.length === 0) return undefined;
  const replacing = details.filter(({ Target: place }) => place?.RequiresRecreation === 'Always');
  const isCertain = replacing.some(({ Evaluation }) => Evaluation === 'Static');
  const Replacement = replacing.length === 0 ? 'False' : isCertain ? 'True' : 'Conditional';
  return {
    ...(Replacement === 'False' ? {} : { PolicyAction: policyAction(target.updateReplacePolicy, 'ReplaceAnd') }),
    Action: 'Modify',
    LogicalResourceId: logicalId,
    PhysicalResourceId: record.physicalId,
    ResourceType: target.type,
    Replacement,
    Scope: [...new Set(details.map(({ Target: place }) => place?.Attribute ?? 'Properties'))],
    Details: details,
  };
}

function removal(record: ResourceRecord): ResourceChange {
  return {
    PolicyAction: policyAction(record.deletionPolicy, ''),
    Action: 'Remove',
    LogicalResourceId: record.logicalId,
    PhysicalResourceId: record.physicalId,
    ResourceType: record.type,
    Scope: [],
    Details: [],
  };
}

function policyAction(
  policy: string,
  prefix: 'ReplaceAnd' | '',
): 'Delete' | 'Retain' | 'ReplaceAndDelete' | 'ReplaceAndRetain' {
  return `${prefix}${policy === 'Delete' ? 'Delete' : 'Retain'}`;
}

function causeOf(value: unknown): Pick<ResourceChangeDetail, 'ChangeSource' | 'CausingEntity'> {
  const CausingEntity = unknownIn(value)?.of ?? '';
  return { ChangeSource: CausingEntity.includes('.') ? 'ResourceAttribute' : 'ResourceReference', CausingEntity };
}

/** Each after everything it depends on. */
function sorted(graph: Dependencies): string[] {
  const order = new Set<string>();
  const visit = (logicalId: string): void => {
    if (order.has(logicalId)) return;
    for (const needed of graph[logicalId] ?? []) visit(needed);
    order.add(logicalId);
  };
  for (const logicalId of Object.keys(graph)) visit(logicalId);
  return [...order];
}
