import { type StackDefinition, type StackRecord, stackScope, type Tag, templates } from '../records.ts';
import type { DesiredResource } from './change-resource.ts';
import type { Engine } from './engine.ts';
import { templateValues } from './evaluation.ts';
import { exportsOf } from './exports.ts';
import { type Run, resourceOf, stackOf } from './journal.ts';
import type { Dependencies } from './order.ts';
import { resolve } from './resolve.ts';
import { parseTemplate, type Template } from './template.ts';
import { type TemplateValues, Unknown } from './template-values.ts';

/** The stack to deploy, and its place. */
export interface Deployment {
  readonly engine: Engine;
  readonly template: Template;
  readonly stack: Pick<StackRecord, 'StackId' | 'StackName' | 'NotificationARNs'>;
  readonly definition: Pick<StackDefinition, 'Parameters' | 'Tags'>;
}

/** The deployment that a stack's own record describes. */
export function deploymentOf(run: Run): Deployment {
  const stack = stackOf(run);
  return { engine: run.engine, stack, definition: stack, template: parseTemplate(templateBody(run, stack.template)) };
}

/** The text of a stack's or change set's template. */
export function templateBody({ engine, stackId }: Run, template: string | undefined): string {
  return templates.get(engine.store, stackScope(stackId), template ?? '')?.body ?? '';
}

/**
 * The values of a deployment: references to resources return the contents of their records. Nothing is known about
 * those in `pending`, which are yet to be created, and about those without a record.
 */
export function deploymentValues(
  { engine, template, stack, definition }: Deployment,
  pending: ReadonlySet<string> = new Set(),
): TemplateValues {
  const record = (logicalId: string) =>
    pending.has(logicalId) ? undefined : resourceOf({ engine, stackId: stack.StackId }, logicalId);
  return templateValues({
    template,
    parameters: definition.Parameters,
    accountId: engine.accountId,
    region: engine.region,
    stackId: stack.StackId,
    stackName: stack.StackName,
    notificationARNs: stack.NotificationARNs,
    physicalId: (logicalId) => record(logicalId)?.physicalId ?? new Unknown(logicalId),
    attribute: (logicalId, name) => record(logicalId)?.attributes[name] ?? new Unknown(`${logicalId}.${name}`),
    exported: (name) => exportsOf(engine).find((item) => item.Name === name)?.Value,
  });
}

/** The template's definition of one resource, as far as it is known. */
export function desiredResource(
  deployment: Deployment,
  logicalId: string,
  values: TemplateValues,
  graph: Dependencies,
): DesiredResource {
  const resource = deployment.template.Resources[logicalId];
  if (resource === undefined) throw new Error(`There is no resource ${logicalId} in the template.`);
  return {
    logicalId,
    type: resource.Type,
    properties: (resolve(resource.Properties ?? {}, values) ?? {}) as DesiredResource['properties'],
    tags: tagsOf(deployment, logicalId),
    dependsOn: graph[logicalId] ?? [],
    deletionPolicy: resource.DeletionPolicy ?? 'Delete',
    updateReplacePolicy: resource.UpdateReplacePolicy ?? 'Delete',
    metadata: resource.Metadata === undefined ? undefined : JSON.stringify(resource.Metadata),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html */
function tagsOf({ stack, definition }: Deployment, logicalId: string): Tag[] {
  return [
    ...definition.Tags,
    { Key: 'aws:cloudformation:stack-name', Value: stack.StackName },
    { Key: 'aws:cloudformation:logical-id', Value: logicalId },
    { Key: 'aws:cloudformation:stack-id', Value: stack.StackId },
  ];
}
