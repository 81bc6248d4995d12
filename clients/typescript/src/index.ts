export { type IssueClient, OrderIssueClient } from "./client.js";
export { type ErrorCode, type ErrorDetails, OrderIssueError } from "./errors.js";
export type { EventsOptions } from "./events.js";
export type * from "./generated.js";
export type { CallOptions, ClientOptions, ConnectionOptions, Credential, Hooks, Try } from "./options.js";
export type { PagesOptions } from "./pages.js";
export type { Result } from "./result.js";
export type { RowsOptions } from "./rows.js";
export { verifyWebhook, type WebhookErrorCode, type WebhookHeaders, type WebhookOptions, WebhookVerificationError } from "./webhooks.js";
