export type { CallOptions, Result } from "./call.js";
export { type ClientOptions, type ConnectionOptions, type Credential, OrderIssueClient } from "./client.js";
export { type ErrorCode, OrderIssueError } from "./errors.js";
export type * from "./generated.js";
