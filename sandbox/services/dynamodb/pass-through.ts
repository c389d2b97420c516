import type { Call } from '../../calls/context.ts';
import { type Operation, operation } from '../../calls/operation.ts';
import { happened } from '../../trace/publish.ts';
import { publishRows } from './changed-rows.ts';
import { keepChanges } from './changes.ts';
import { itemContext } from './context.ts';
import { requireNesting } from './nesting.ts';
import { requireParameters } from './parameters.ts';
import { tableName } from './table.ts';

/** An operation that dynalite answers unchanged. A table can be given by its ARN. */
export function passThrough<Input extends object>(
  name: string,
  resource: (input: Input, call: Call<'tables'>) => string | readonly string[],
): Operation<Input, object, 'tables' | 'store' | 'clock'> {
  return operation<Input, object, 'tables' | 'store' | 'clock'>({
    resource,
    context: (input, call, arn) => itemContext(name, input, call, arn),
    async run(input, call) {
      requireNesting(input);
      requireParameters(name, input);
      const { TableName } = input as { readonly TableName?: string };
      const named = TableName === undefined ? input : { ...input, TableName: tableName(TableName, call) };
      const output = await call.tables.perform(call, name, named);
      if (!/^(Put|Update|Delete|BatchWrite)/.test(name)) return output;
      await keepChanges(named, call);
      if (happened.hasSubscribers) await publishRows(name, named, call);
      return output;
    },
  });
}
