import type { Call } from '../../context.ts';
import { type Operation, operation } from '../../operation.ts';
import { tableName } from './table.ts';

/** An operation that dynalite answers as it is. A table may be named by its ARN. */
export function passThrough<Input extends object>(
  name: string,
  resource: (input: Input, call: Call<'tables'>) => string | readonly string[],
): Operation<Input, object, 'tables'> {
  return operation<Input, object, 'tables'>({
    resource,
    run(input, call) {
      const { TableName } = input as { readonly TableName?: string };
      const named = TableName === undefined ? input : { ...input, TableName: tableName(TableName, call) };
      return call.tables.perform(call, name, named);
    },
  });
}
