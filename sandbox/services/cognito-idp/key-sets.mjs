// For programs outside of functions: a test, a script of one's own. Libraries that verify tokens read a pool's key
// set at the issuer's address, over https: aws-jwt-verify by `node:https`, jose by `fetch`. Loaded before the program,
// this leads the addresses of Cognito, and no others, to the practice account. Nothing in the program changes:
//
//   NODE_OPTIONS=--import=/path/to/sandbox/services/cognito-idp/key-sets.mjs
//
// Where the account is, AWS_ENDPOINT_URL says, as it does for the SDKs; without it, nothing is led anywhere.
import { redirect } from '../lambda/runtime/redirect.mjs';

const endpoint = process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER ?? process.env.AWS_ENDPOINT_URL;
if (endpoint) redirect(endpoint, /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/i);
