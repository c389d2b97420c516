import { operation } from '../../../calls/operation.ts';
import { type AccountView, accountView } from '../account.ts';
import { managedArn } from '../arn.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetAccount.html */
export const getAccount = operation<object, AccountView, 'store'>({
  action: 'apigateway:GET',
  resource: (_input, call) => managedArn(call, 'account'),
  run: (_input, call) => accountView(call),
});
