// For programs outside of functions: a test, your own script. Libraries that verify tokens read a pool's key set at the
// issuer's address, over https: aws-jwt-verify with `node:https`, jose with `fetch`. Loaded before the program, this
// redirects Cognito's addresses, and no others, to the practice account. Nothing in the program changes:
// NODE_OPTIONS=--import=/path/to/sandbox/services/cognito-idp/key-sets.mjs
// AWS_ENDPOINT_URL says where the account is, as for the SDKs; without it, nothing is redirected.
import { redirect } from '../lambda/runtime/redirect.cjs';

const endpoint = process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER ?? process.env.AWS_ENDPOINT_URL;
if (endpoint) redirect(endpoint, { hosts: /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/i });
