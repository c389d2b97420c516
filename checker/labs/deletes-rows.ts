/** Texts in the lines of a handler that delete rows, the most specific first. */
export const DELETES = [
  'forget(',
  'DeleteItemCommand(',
  'BatchWriteItemCommand(',
  'DeleteCommand(',
  'BatchWriteCommand(',
  'TransactWriteItemsCommand(',
  '.deleteItem(',
  '.delete(',
];
