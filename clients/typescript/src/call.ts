/** What may come with every call. */
export interface CallOptions {
    /** Ends the call, which then fails with the signal's reason. */
    signal?: AbortSignal | undefined;
    /** How long one try may take, in milliseconds, in place of the client's. A file may take longer once it has begun. */
    timeoutMs?: number | undefined;
    /** How often the call is tried again, at most, in place of the client's. */
    retries?: number | undefined;
}

/** An answer: its body, and what its headers tell. */
export type Result<T> = T & {
    /** The state of the issue, for `ifMatch` and `ifNoneMatch`; undefined where the answer isn't one issue. */
    etag: string | undefined;
    /** Whether this is the answer that the same idempotency key was given before. */
    replayed: boolean;
};

/** A request, as the OpenAPI document describes it. */
export interface Description {
    method: string;
    /** With a `{name}` for each segment. */
    path: string;
    segments: Record<string, string>;
    query: Record<string, string | number | boolean | readonly string[] | undefined>;
    /** All that the operation takes, also those that are undefined. */
    headers: Record<string, string | undefined>;
    body?: unknown;
}

/** What is kept of a request over its retries: everything but the credential. */
export interface PreparedRequest {
    url: string;
    method: string;
    headers: Record<string, string>;
    body: string | undefined;
    /** Whether sending it twice does no more than sending it once. */
    isRepeatable: boolean;
}

const idempotencyKey = "Idempotency-Key";

export function prepare(baseUrl: string, { method, path, segments, query, headers, body }: Description): PreparedRequest {
    const takesKey = idempotencyKey in headers;
    const present = Object.entries({ ...headers, ...(takesKey && { [idempotencyKey]: headers[idempotencyKey] ?? newKey() }) })
        .flatMap(([name, value]) => value === undefined ? [] : [[name, value]]);
    return {
        url: baseUrl.replace(/\/+$/, "") + path.replace(/\{(\w+)\}/g, (_, name: string) => encodeSegment(name, segments[name])) + encodeQuery(query),
        method,
        headers: { ...Object.fromEntries(present), ...(body !== undefined && { "Content-Type": "application/json" }) },
        body: JSON.stringify(body),
        isRepeatable: method === "GET" || takesKey,
    };
}

/** Not crypto.randomUUID, which pages that came over plain http don't have. */
function newKey(): string {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
}

function encodeSegment(name: string, value: string | undefined): string {
    // In a URL these would name another path, and so another operation.
    if (value === undefined || ["", ".", ".."].includes(value)) {
        throw new TypeError(`${name} can't be "${value ?? ""}".`);
    }

    return encodeURIComponent(value);
}

function encodeQuery(query: Description["query"]): string {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
        for (const item of value === undefined ? [] : typeof value === "object" ? value : [value]) {
            parameters.append(name, String(item));
        }
    }

    const text = parameters.toString();
    return text === "" ? "" : `?${text}`;
}
