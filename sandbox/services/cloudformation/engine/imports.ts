import { regional } from '../../../calls/context.ts';
import { type StackDefinition, type StackRecord, stacks } from '../records.ts';
import { deploymentValues, templateBody } from './desired-resources.ts';
import type { Engine } from './engine.ts';
import { presentResources } from './evaluation.ts';
import { resolve } from './resolve.ts';
import { parseTemplate, type Value } from './template.ts';
import type { TemplateValues } from './template-values.ts';

/** Statuses of stacks that import nothing: they were never created, or nothing is left of them. */
const empty = ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'DELETE_COMPLETE'];

/** Returns the sorted names of the stacks that import an export, including what a stack's update may roll back to. */
export function importersOf(engine: Engine, exportName: string): string[] {
  return stacks
    .list(engine.store, regional(engine))
    .filter(({ StackStatus }) => !empty.includes(StackStatus))
    .filter((stack) => [stack, stack.operation?.former].some((one) => one && imports(engine, stack, one, exportName)))
    .map(({ StackName }) => StackName)
    .sort();
}

function imports(engine: Engine, stack: StackRecord, definition: StackDefinition, exportName: string): boolean {
  const body = templateBody({ engine, stackId: stack.StackId }, definition.template);
  // Most templates import nothing, and needn't be parsed to know that.
  if (!body.includes('Fn::ImportValue')) return false;
  const template = parseTemplate(body);
  const values = deploymentValues({ engine, template, stack, definition });
  const used = [
    ...presentResources(template, values).map((logicalId) => template.Resources[logicalId]?.Properties),
    ...Object.values(template.Outputs).filter(
      ({ Condition }) => Condition === undefined || values.condition(Condition),
    ),
  ];
  return used.some((value) => importsName(value, exportName, values));
}

function importsName(value: Value, exportName: string, values: TemplateValues): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { 'Fn::ImportValue': imported, 'Fn::If': choice } = value as Record<string, Value>;
  if (imported !== undefined) return resolve(imported, values) === exportName;
  if (Array.isArray(choice)) {
    const [condition, whenTrue, whenFalse] = choice;
    return importsName(values.condition(String(condition)) ? whenTrue : whenFalse, exportName, values);
  }
  return Object.values(value).some((member) => importsName(member, exportName, values));
}
