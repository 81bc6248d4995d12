import type { OrderIssueError } from "./errors.js";

/** What may come with every call. */
export interface CallOptions {
    /** Ends the call, which then fails with the signal's reason. */
    signal?: AbortSignal | undefined;
    /** How long one try may take, in milliseconds, the token included; a file may take longer once it has begun. */
    timeoutMs?: number | undefined;
    /** How often the call is tried again, at most. */
    retries?: number | undefined;
    /** How long the whole call may take, in milliseconds: all tries and the waits between them. */
    deadlineMs?: number | undefined;
}

/** What a client needs to know. */
export type ClientOptions = ConnectionOptions & Credential;

export interface ConnectionOptions extends Omit<CallOptions, "signal">, Hooks {
    /** Where the service is, such as `https://issues.example.com`. */
    baseUrl: string;
    /** What sends requests in place of the global `fetch`. */
    fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** An API key, or what gives the token for a request; neither where the service lets anyone in. */
export type Credential =
    | { apiKey?: string | undefined; getToken?: undefined }
    | { apiKey?: undefined; getToken: (signal: AbortSignal) => string | Promise<string> };

/** What is told of each try, which waits for them. What they throw ends the call. */
export interface Hooks {
    /** Before a try; headers that it adds are sent. The credential isn't among them. */
    onRequest?: ((request: Try & { headers: Record<string, string> }) => unknown) | undefined;
    /** After an answer's headers have come, whatever its status. */
    onResponse?: ((response: Try & { status: number; durationMs: number }) => unknown) | undefined;
    /** Before the wait for another try. */
    onRetry?: ((retry: Try & { error: OrderIssueError; waitMs: number }) => unknown) | undefined;
    /** When the credential is refused: gets a new one, for `getToken` to give. The call is then sent once more. */
    onUnauthorized?: ((error: OrderIssueError) => void | Promise<void>) | undefined;
}

export interface Try {
    method: string;
    path: string;
    /** 1 for the first. */
    attempt: number;
}

/** The limits of a call: its own, or the client's. */
export function limitsOf(client: ConnectionOptions, call: CallOptions): { timeoutMs: number; retries: number; deadlineMs: number } {
    const { timeoutMs = client.timeoutMs ?? 40_000, retries = client.retries ?? 6, deadlineMs = client.deadlineMs ?? 60_000 } = call;
    checkRange("timeoutMs", timeoutMs, timeoutMs > 0);
    checkRange("deadlineMs", deadlineMs, deadlineMs > 0);
    checkRange("retries", retries, retries >= 0);
    return { timeoutMs, retries, deadlineMs };
}

function checkRange(name: string, value: number, isValid: boolean): void {
    if (!isValid) {
        throw new RangeError(`${name} can't be ${value}.`);
    }
}

/** Throws where the mistake is in the program, before any call. */
export function check(options: ClientOptions): void {
    const { baseUrl, apiKey } = options;
    if (typeof baseUrl !== "string" || !/^https?:\/\/[^/?#@\s]+(\/[^?#\s]*)?$/i.test(baseUrl) || !isUrl(baseUrl)) {
        throw new TypeError(`baseUrl must be like https://issues.example.com, not "${baseUrl}".`);
    }

    if (apiKey !== undefined) {
        headerValue("apiKey", apiKey);
    }

    limitsOf(options, {});
}

function isUrl(text: string): boolean {
    try {
        return new URL(text) !== undefined;
    } catch {
        return false;
    }
}

/** The value as a header takes it, of a name that headers have: Latin-1 without control characters. What is empty would be taken for absent. */
export function headerValue(name: string, value: string): string {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
        throw new TypeError(`${name} is no name of a header.`);
    }

    const trimmed = typeof value === "string" ? value.trim() : "";
    if (!/^[\t\x20-\x7e\x80-\xff]+$/.test(trimmed)) {
        throw new TypeError(`${name} can't be sent in a header: it must be a text of Latin-1 characters, and not empty.`);
    }

    return trimmed;
}
