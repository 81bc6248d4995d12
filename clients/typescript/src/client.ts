import { type CallOptions, type Description, prepare, type PreparedRequest, type Result } from "./call.js";
import { OrderIssueError, parse, toError } from "./errors.js";
import { type ListIssuesOptions, Operations, type OrderIssue } from "./generated.js";
import { wait, waitBeforeRetry } from "./retries.js";

/** What a client needs to know. */
export type ClientOptions = ConnectionOptions & Credential;

export interface ConnectionOptions {
    /** Where the service is, such as `https://issues.example.com`. */
    baseUrl: string;
    /** What sends requests in place of the global `fetch`. */
    fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
    /** How long one try of a call may take, in milliseconds. Without it 40,000, which is more than the service takes. */
    timeoutMs?: number | undefined;
    /** How often a call is tried again, at most, that failed with what may pass and does no harm twice. Without it 3. */
    retries?: number | undefined;
}

/** An API key, or what gives the token for a request; neither where the service lets anyone in. */
export type Credential =
    | { apiKey?: string | undefined; getToken?: undefined }
    | { apiKey?: undefined; getToken: () => string | Promise<string> };

/** The order issue service. Calls that fail throw an {@link OrderIssueError}, or the reason of the signal that ended them. */
export class OrderIssueClient extends Operations {
    readonly #options: ClientOptions;

    constructor(options: ClientOptions) {
        super();
        this.#options = options;
    }

    /**
     * All issues that meet the filters, fetched a page at a time.
     * @param options The filters and the order; `limit` is how many are fetched at once, 200 without it.
     */
    async *allIssues(options: Omit<ListIssuesOptions, "count" | "cursor"> = {}): AsyncGenerator<OrderIssue, void, undefined> {
        let cursor: string | undefined;
        do {
            const { data, page } = await this.listIssues({ ...options, limit: options.limit ?? 200, cursor });
            yield* data;
            cursor = page.nextCursor;
        } while (cursor !== undefined);
    }

    protected send<T>(request: Description, options: CallOptions): Promise<Result<T>> {
        return this.#call(request, options, readResult<T>);
    }

    protected sendIfChanged<T>(request: Description, options: CallOptions): Promise<Result<T> | undefined> {
        return this.#call(request, options, async response => response.status === 304 ? undefined : readResult<T>(response));
    }

    protected download(request: Description, options: CallOptions): Promise<Response> {
        return this.#call(request, options, async response => response);
    }

    async #call<T>(description: Description, options: CallOptions, read: (response: Response) => Promise<T>): Promise<T> {
        const request = prepare(this.#options.baseUrl, description);
        const retries = request.isRepeatable ? options.retries ?? this.#options.retries ?? 3 : 0;
        for (let done = 0; ; done++) {
            options.signal?.throwIfAborted();
            const credential = await this.#credential();
            try {
                return await this.#try(request, credential, options, read);
            } catch (error) {
                const failure = error instanceof OrderIssueError && done < retries ? waitBeforeRetry(error, done) : undefined;
                if (failure === undefined) {
                    throw error;
                }

                await wait(failure, options.signal);
            }
        }
    }

    /** Asked for anew before each try, since a token may have run out meanwhile. */
    async #credential(): Promise<Record<string, string>> {
        const { apiKey, getToken } = this.#options;
        return getToken ? { "Authorization": `Bearer ${await getToken()}` } : apiKey === undefined ? {} : { "X-Api-Key": apiKey };
    }

    async #try<T>(
        { url, method, headers, body }: PreparedRequest, credential: Record<string, string>, options: CallOptions, read: (response: Response) => Promise<T>,
    ): Promise<T> {
        const late = new AbortController();
        const timer = setTimeout(() => late.abort(), options.timeoutMs ?? this.#options.timeoutMs ?? 40_000);
        try {
            const response = await (this.#options.fetch ?? fetch)(url, {
                method,
                headers: { ...headers, ...credential },
                body: body ?? null,
                redirect: "error", // The credential would go along, wherever it leads.
                signal: options.signal ? AbortSignal.any([options.signal, late.signal]) : late.signal,
            });
            if (!response.ok && response.status !== 304) {
                throw toError(response, await response.text());
            }

            return await read(response);
        } catch (error) {
            options.signal?.throwIfAborted();
            throw error instanceof OrderIssueError ? error
                : late.signal.aborted ? new OrderIssueError("timeout", "No answer came in time.", { cause: error })
                : new OrderIssueError("unreachable", "No whole answer came from the service.", { cause: error });
        } finally {
            clearTimeout(timer);
        }
    }
}

async function readResult<T>(response: Response): Promise<Result<T>> {
    const text = await response.text();
    const body = parse<T & { ok?: unknown }>(text);
    if (body?.ok !== true) {
        throw toError(response, text);
    }

    const { headers } = response;
    return { ...body, etag: headers.get("ETag") ?? undefined, replayed: headers.get("Idempotency-Replayed") === "true" };
}
