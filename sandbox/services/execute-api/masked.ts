/** API Gateway's rejections show neither the complete account nor the connection, and hardly why. */
export function masked(message: string): string {
  return message
    .replace(/(arn:aws[\w-]*:execute-api:[\w-]+:)\d{8}(\d{4}:)/, '$1********$2')
    .replace(/(\/@connections\/)\S+/, '$1{connectionId}')
    .replace(/ because .*$/, '')
    .replace(/( with an explicit deny) in .*$/, '$1');
}
