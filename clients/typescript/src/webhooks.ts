import type { IssueEvent } from "./generated.js";
import { parse } from "./texts.js";

/** The headers of a request: a `Headers`, or an object whose names have any case, as Node has it. */
export type WebhookHeaders = { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface WebhookOptions {
    /** How far the time of the request may be from now, in milliseconds; 5 minutes without it. */
    toleranceMs?: number | undefined;
}

/** Why a request isn't taken for one of the service's. */
export type WebhookErrorCode =
    /** A header that each webhook has is missing. */
    | "missing_header"
    /** It was signed too long ago, or the clock of one side is wrong. */
    | "stale_timestamp"
    /** None of the secrets has signed this body. */
    | "wrong_signature"
    /** It is signed, but it isn't an event. */
    | "malformed_body";

/** A request that isn't, or can't be shown to be, one of the service's. */
export class WebhookVerificationError extends Error {
    override readonly name = "WebhookVerificationError";

    constructor(readonly code: WebhookErrorCode, message: string) {
        super(message);
    }
}

/**
 * The event that a webhook brings, once its signature and its time are found right; undefined for a trial, which brings none.
 * @param body The body as it came, before anything has parsed it.
 * @param secret `whsec_…`; several, separated by spaces or in a list, while one is exchanged for another.
 * @throws {WebhookVerificationError} Where the request isn't one of the service's: answer with 400.
 * @throws {TypeError} Where the mistake is in the program, such as a secret that is none.
 * @example
 * const event = await verifyWebhook(request.headers, await request.text(), secret);
 */
export async function verifyWebhook(
    headers: WebhookHeaders, body: string | Uint8Array | ArrayBuffer, secret: string | readonly string[], options: WebhookOptions = {},
): Promise<IssueEvent | undefined> {
    const keys = await importKeys(secret);
    const bytes = bytesOf(body);
    const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map(name => header(headers, `webhook-${name}`));
    if (!id || !timestamp || !signatures) {
        throw new WebhookVerificationError("missing_header", "It must have webhook-id, webhook-timestamp and webhook-signature.");
    }

    const age = Math.floor(Date.now() / 1000) - (/^\d+$/.test(timestamp) ? Number(timestamp) : NaN);
    if (!(Math.abs(age) * 1000 <= (options.toleranceMs ?? 300_000))) {
        throw new WebhookVerificationError("stale_timestamp", `It was signed ${age} seconds ago.`);
    }

    const start = new TextEncoder().encode(`${id}.${timestamp}.`);
    const signed = new Uint8Array(start.length + bytes.length);
    signed.set(start);
    signed.set(bytes, start.length);
    for (const text of signatures.split(/,?\s+/).filter(text => text.startsWith("v1,"))) {
        const signature = decode(text.slice(3));
        for (const key of keys) {
            if (signature && await crypto.subtle.verify("HMAC", key, signature, signed)) { // It compares in constant time.
                return readEvent(bytes);
            }
        }
    }

    throw new WebhookVerificationError("wrong_signature", "None of the secrets has signed it: is the body as it came, and the secret right?");
}

async function importKeys(secret: string | readonly string[]): Promise<CryptoKey[]> {
    const { crypto } = globalThis as { crypto?: Crypto };
    if (crypto?.subtle === undefined) {
        throw new TypeError("There is no crypto.subtle here, which verifies signatures.");
    }

    const keys = (Array.isArray(secret) ? secret.join(" ") : String(secret)).split(/\s+/).filter(text => text !== "").map(text =>
        text.startsWith("whsec_") ? decode(text.slice(6)) : undefined);
    if (keys.length === 0) {
        throw new TypeError("There is no secret.");
    }

    return Promise.all(keys.map(key => {
        if (!key?.length) {
            throw new TypeError("A secret must be whsec_ and Base64.");
        }

        return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
    }));
}

function bytesOf(body: string | Uint8Array | ArrayBuffer): Uint8Array {
    if (typeof body === "string") {
        return new TextEncoder().encode(body);
    }

    if (ArrayBuffer.isView(body)) {
        return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
    }

    if (Object.prototype.toString.call(body) === "[object ArrayBuffer]") {
        return new Uint8Array(body); // Whichever realm it is of.
    }

    throw new TypeError("The body must be as it came: a text or bytes, not what was parsed of it.");
}

/** All values that a header has; undefined where it isn't there. */
function header(headers: WebhookHeaders, name: string): string | undefined {
    return typeof headers.get === "function"
        ? headers.get(name) ?? undefined
        : Object.entries(headers).filter(([key]) => key.toLowerCase() === name).flatMap(([, value]) => value ?? []).join(" ");
}

function decode(base64: string): Uint8Array<ArrayBuffer> | undefined {
    try {
        return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
    } catch {
        return undefined;
    }
}

function readEvent(body: Uint8Array): IssueEvent | undefined {
    const event = parse<IssueEvent>(new TextDecoder().decode(body));
    if (event?.type === "webhook.ping") {
        return undefined;
    }

    if (typeof event?.sequence !== "number" || typeof event.data !== "object") {
        throw new WebhookVerificationError("malformed_body", "It is signed, but the body isn't an event.");
    }

    return event;
}
