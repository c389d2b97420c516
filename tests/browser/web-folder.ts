import { resolve } from 'node:path';

/** The folder of the chat page. */
export const webFolder = resolve(import.meta.dirname, '../../app/web');
