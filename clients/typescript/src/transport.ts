import { OrderIssueError, toError, unreachable } from "./errors.js";
import { type CallOptions, type ClientOptions, headerValue, limitsOf, type Try } from "./options.js";
import { type Description, prepare, type PreparedRequest, joinTrace } from "./request.js";
import { waitBeforeRetry } from "./retries.js";
import { Limit, throwIfAborted, wait } from "./signals.js";

/** Makes of an answer what the caller gets. */
export type Reader<T> = (response: Response, request: PreparedRequest) => Promise<T>;

/** Sends requests, again where that may help, within their limits. */
export class Transport {
    private refresh: Promise<void> | undefined;

    constructor(private readonly options: ClientOptions) {
    }

    async call<T>(description: Description, options: CallOptions, read: Reader<T>): Promise<T> {
        const request = prepare(this.options.baseUrl, description, options);
        const { timeoutMs, retries, deadlineMs } = limitsOf(this.options, options);
        const end = Date.now() + deadlineMs;
        const within = <R>(milliseconds: number, work: (limit: Limit) => Promise<R>) =>
            runWithin(Math.min(milliseconds, end - Date.now()), request, options.signal, work);
        const { onRetry, onUnauthorized } = this.options;
        let retriesDone = 0;
        let isRefreshed = false;
        for (let attempt = 1; ; attempt++) {
            const tried = { method: request.method, path: request.path, attempt };
            try {
                return await within(timeoutMs, limit => this.try(request, tried, limit, read));
            } catch (error) {
                if (!(error instanceof OrderIssueError)) {
                    throw error;
                }

                if (error.status === 401 && onUnauthorized && !isRefreshed) {
                    isRefreshed = true;
                    await within(Infinity, () => this.refreshOnce(() => onUnauthorized(error)));
                    continue;
                }

                const waitMs = retriesDone < retries ? waitBeforeRetry(error, request, retriesDone) : undefined;
                if (waitMs === undefined || Date.now() + waitMs >= end) {
                    throw error;
                }

                retriesDone++;
                await onRetry?.({ ...tried, error, waitMs });
                await wait(waitMs, options.signal);
            }
        }
    }

    private async try<T>(request: PreparedRequest, tried: Try, limit: Limit, read: Reader<T>): Promise<T> {
        const { method, path, url, body } = request;
        const credential = await this.credential(limit.signal);
        throwIfAborted(limit.signal); // The token may have come too late.
        const headers = { ...request.headers };
        await this.options.onRequest?.({ ...tried, headers });
        joinTrace(request, headers);
        Object.entries(headers).forEach(([name, value]) => headerValue(name, value));
        const send = this.options.fetch ?? fetch;
        const started = Date.now();

        // Where an answer leads elsewhere, the credential would go along.
        const response = await answered(request, send(url, {
            method, headers: { ...headers, ...credential }, body, redirect: "manual", signal: limit.signal,
        }));
        const { status } = response;
        await this.options.onResponse?.({ ...tried, status, durationMs: Date.now() - started });
        if (response.ok || status === 304) {
            return await answered(request, read(response, request));
        }

        const text = await answered(request, response.text());
        throw response.type === "opaqueredirect" || (status >= 300 && status < 400)
            ? new OrderIssueError("redirected", "The answer names another address: is baseUrl right?", { ...request, status })
            : toError(response, text, request);
    }

    /** Asked for anew before each try, since a token may have run out meanwhile. */
    private async credential(signal: AbortSignal): Promise<Record<string, string>> {
        const { apiKey, getToken } = this.options;
        if (getToken === undefined) {
            return apiKey === undefined ? {} : { "X-Api-Key": headerValue("apiKey", apiKey) };
        }

        return { "Authorization": `Bearer ${headerValue("token", await getToken(signal))}` };
    }

    /** Calls that are refused at the same time wait for one new credential. */
    private refreshOnce(refresh: () => void | Promise<void>): Promise<void> {
        return this.refresh ??= (async () => refresh())().finally(() => this.refresh = undefined);
    }
}

async function runWithin<T>(
    milliseconds: number, request: PreparedRequest, caller: AbortSignal | undefined, work: (limit: Limit) => Promise<T>,
): Promise<T> {
    throwIfAborted(caller);
    const limit = new Limit(caller, milliseconds, () => new OrderIssueError("timeout", "No answer came in time.", request));
    let isFile = false;
    try {
        const result = await limit.race(work(limit));
        isFile = typeof Response !== "undefined" && result instanceof Response;
        return result;
    } finally {
        // A file's body is still to come, and can be aborted on its way.
        isFile ? limit.stopClock() : limit.release();
    }
}

/** What comes from the network; whatever fails there is told as one kind of error. */
async function answered<T>(request: PreparedRequest, answer: Promise<T>): Promise<T> {
    try {
        return await answer;
    } catch (cause) {
        throw cause instanceof OrderIssueError ? cause : unreachable(request.url, { ...request, cause });
    }
}
