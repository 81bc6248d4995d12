import { type CallOptions, headerValue } from "./options.js";

/** A request, as the OpenAPI document describes it. */
export interface Description {
    method: string;
    /** With a `{name}` for each segment. */
    path: string;
    segments?: Record<string, string>;
    /** The options that go into the query. */
    query?: readonly string[];
    /** Those of them whose lists are one text, with commas in between. */
    joined?: readonly string[];
    /** The options that go into headers. */
    headers?: readonly (keyof typeof headerNames)[];
    body?: unknown;
}

const callOptionNames = ["signal", "timeoutMs", "retries", "deadlineMs"];
const headerNames = {
    ifMatch: "If-Match", ifNoneMatch: "If-None-Match", idempotencyKey: "Idempotency-Key", lastEventId: "Last-Event-ID",
};

/** What is kept of a request over its tries: everything but the credential. */
export interface PreparedRequest {
    method: string;
    path: string;
    url: string;
    headers: Record<string, string>;
    body: string | null;
    hasKey: boolean;
    /** The trace that the call is part of (W3C Trace Context); undefined where nothing makes random numbers. */
    traceId: string | undefined;
}

export function prepare(baseUrl: string, description: Description, callOptions: CallOptions): PreparedRequest {
    const { method, path: template, segments = {}, query = [], joined = [], headers: names = [], body } = description;
    const options = { ...callOptions } as Record<string, unknown>;
    checkNames(options, [...query, ...names, ...callOptionNames]);
    if ("ifMatch" in options && options["ifMatch"] === undefined) {
        throw new TypeError("ifMatch is undefined, so the change would take effect in any state: leave it out if that is meant.");
    }

    const hasKey = names.includes("idempotencyKey");
    if (hasKey) {
        options["idempotencyKey"] = checkKey(options["idempotencyKey"] ?? newKey());
    }

    const headers: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
    for (const name of names) {
        const value = options[name] as string | undefined;
        if (value !== undefined) {
            headers[headerNames[name]] = headerValue(name, value);
        }
    }

    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeSegment(name, segments[name]));
    return {
        method, path, headers, hasKey,
        url: baseUrl.replace(/\/+$/, "") + path + encodeQuery(query, joined, options),
        body: body === undefined ? null : JSON.stringify(body),
        traceId: randomHex(16),
    };
}

/** Makes a try part of its call's trace, which the service's log names, or of the one that a hook has named. */
export function joinTrace(request: PreparedRequest, headers: Record<string, string>): void {
    const named = Object.keys(headers).find(name => name.toLowerCase() === "traceparent");
    if (named !== undefined) {
        request.traceId = headers[named]?.split("-")[1];
    } else if (request.traceId !== undefined) {
        headers["traceparent"] = `00-${request.traceId}-${randomHex(8)}-00`;
    }
}

function checkNames(options: object, names: readonly string[]): void {
    for (const [name, value] of Object.entries(options)) {
        if (value === null || (value !== undefined && !names.includes(name))) {
            throw new TypeError(value === null ? `${name} can't be null: leave it out.` : `There is no option ${name}.`);
        }
    }
}

function checkKey(key: unknown): unknown {
    if (typeof key !== "string" || !/^[\x21-\x7e]{1,255}$/.test(key)) {
        throw new TypeError("idempotencyKey must be 1 to 255 visible ASCII characters.");
    }

    return key;
}

function newKey(): string {
    const key = randomHex(16);
    if (key === undefined) {
        throw new TypeError("There is no crypto.getRandomValues to make an idempotency key: give the call an idempotencyKey, "
            + "or load a polyfill such as react-native-get-random-values.");
    }

    return key;
}

/** Not crypto.randomUUID, which pages that came over plain http don't have. */
function randomHex(bytes: number): string | undefined {
    const { crypto } = globalThis as { crypto?: Crypto };
    return typeof crypto?.getRandomValues === "function"
        ? Array.from(crypto.getRandomValues(new Uint8Array(bytes)), byte => byte.toString(16).padStart(2, "0")).join("")
        : undefined;
}

function encodeSegment(name: string, value: string | undefined): string {
    // In a URL these would name another path, and so another operation.
    if (typeof value !== "string" || ["", ".", ".."].includes(value)) {
        throw new TypeError(`${name} can't be "${value ?? ""}".`);
    }

    return encode(name, value);
}

function encode(name: string, value: string): string {
    try {
        return encodeURIComponent(value);
    } catch {
        throw new TypeError(`${name} has half a character, which no URL can have.`);
    }
}

function encodeQuery(names: readonly string[], joined: readonly string[], options: Record<string, unknown>): string {
    const parameters = names.flatMap(name => {
        const value = options[name];
        if (Array.isArray(value) && value.length === 0) {
            throw new TypeError(`${name} is an empty list, which would find issues of any: leave it out if that is meant.`);
        }

        const values: unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
        const items = joined.includes(name) && values.length > 0 ? [values.join(",")] : values;
        return items.map(item => `${encodeURIComponent(name)}=${encode(name, String(item))}`);
    });
    return parameters.length === 0 ? "" : `?${parameters.join("&")}`;
}
