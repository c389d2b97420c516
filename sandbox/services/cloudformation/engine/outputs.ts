import type { StackOutput } from '../records.ts';
import { ValidationError } from '../validation-error.ts';
import type { Deployment } from './desired-resources.ts';
import type { Engine } from './engine.ts';
import { exportsOf } from './exports.ts';
import { importersOf } from './imports.ts';
import { stackOf } from './journal.ts';
import { resolve } from './resolve.ts';
import { isUnknown, type TemplateValues } from './template-values.ts';

/**
 * Returns a stack's outputs once its resources are ready. Throws if another stack already exports one of its export
 * names, or if an export that another stack imports would change or disappear.
 */
export function outputsOf({ engine, template, stack }: Deployment, values: TemplateValues): StackOutput[] {
  const taken = exportsOf(engine).filter(({ ExportingStackId }) => ExportingStackId !== stack.StackId);
  const outputs = Object.entries(template.Outputs)
    .filter(([, { Condition }]) => Condition === undefined || values.condition(Condition))
    .map(([OutputKey, { Value, Description, Export }]) => {
      const value = resolve(Value, values);
      if (isUnknown(value)) {
        throw new ValidationError(`Output ${OutputKey} refers to a resource or attribute that is not there.`);
      }
      const name = Export === undefined ? undefined : String(resolve(Export.Name, values));
      const owner = taken.find(({ Name }) => Name === name);
      if (owner !== undefined) {
        throw new ValidationError(
          `Export with name ${name} is already exported by stack ${owner.ExportingStackId.split('/')[1]}. Rollback requested by user.`,
        );
      }
      return {
        OutputKey,
        OutputValue: Array.isArray(value) ? value.join(',') : String(value),
        Description,
        ExportName: name,
      };
    });
  refuseChangeInUse(engine, stackOf({ engine, stackId: stack.StackId }).Outputs, outputs);
  return outputs;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html */
function refuseChangeInUse(engine: Engine, before: readonly StackOutput[], after: readonly StackOutput[]): void {
  for (const { ExportName, OutputValue } of before) {
    const next = after.find((output) => output.ExportName === ExportName);
    if (ExportName === undefined || next?.OutputValue === OutputValue) continue;
    const importers = importersOf(engine, ExportName);
    if (importers.length === 0) continue;
    const change = next === undefined ? 'deleted' : 'updated';
    throw new ValidationError(`Export ${ExportName} cannot be ${change} as it is in use by ${importers.join(' and ')}`);
  }
}
