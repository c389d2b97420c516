import type { StackOutput } from '../records.ts';
import { ValidationError } from '../validation-error.ts';
import { exportsOf } from './exports.ts';
import { resolve } from './resolve.ts';
import { isUnknown, type Scope } from './scope.ts';
import type { Deployment } from './targets.ts';

/** A stack's outputs, when its resources are what they should be. Throws where an export's name is another stack's. */
export function outputsOf({ engine, template, stack }: Deployment, scope: Scope): StackOutput[] {
  const taken = exportsOf(engine).filter(({ ExportingStackId }) => ExportingStackId !== stack.StackId);
  return Object.entries(template.Outputs)
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([OutputKey, { Value, Description, Export }]) => {
      const value = resolve(Value, scope);
      if (isUnknown(value)) {
        throw new ValidationError(`Output ${OutputKey} refers to a resource or attribute that is not there.`);
      }
      const name = Export === undefined ? undefined : String(resolve(Export.Name, scope));
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
}
