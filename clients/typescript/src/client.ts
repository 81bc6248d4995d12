import { toError } from "./errors.js";
import { Events, type EventsOptions } from "./events.js";
import { type IssueEvent, type IssueListResponse, type IssueOperations, Operations, type OrderIssue } from "./generated.js";
import { type CallOptions, check, type ClientOptions, limitsOf } from "./options.js";
import { type PagesOptions, walkIssues, walkPages } from "./pages.js";
import type { Description } from "./request.js";
import { readResult, type Result } from "./result.js";
import { readRows, type RowsOptions } from "./rows.js";
import { mediaType } from "./texts.js";
import { Transport } from "./transport.js";

/** What the client does. A test can pass a fake of it. */
export interface IssueClient extends IssueOperations {
    /**
     * The pages of the list, one after the other. Where a walk has ended, `page.nextCursor` is the `cursor` to go on with.
     * @throws {OrderIssueError} What `listIssues` fails with.
     * @example
     * for await (const { data, page } of client.pages({ status: "open" })) {
     *     console.log(data.length, page.nextCursor);
     * }
     */
    pages(options?: PagesOptions): AsyncGenerator<Result<IssueListResponse>, void, undefined>;

    /**
     * All issues that meet the filters, fetched a page at a time.
     * @throws {OrderIssueError} What `listIssues` fails with.
     * @example
     * for await (const issue of client.allIssues({ packer: "Jane" })) {
     *     console.log(issue.issueId);
     * }
     */
    allIssues(options?: PagesOptions): AsyncGenerator<OrderIssue, void, undefined>;

    /**
     * All issues that meet the filters, in one answer that is read as it comes: quicker than `allIssues` for many issues, but it can't be
     * resumed.
     * @throws {OrderIssueError} What `exportIssues` fails with; `unreachable` where the answer breaks off, `timeout` where it doesn't go
     * on.
     * @example
     * for await (const issue of client.exportRows({ createdFrom: "2025-11-01" })) {
     *     console.log(issue.issueId);
     * }
     */
    exportRows(options?: RowsOptions): AsyncGenerator<OrderIssue, void, undefined>;

    /**
     * What happens to the issues, as it happens: each event once, in order, whatever becomes of the connection. It ends only with the
     * signal, whose reason it throws, and with what doesn't pass by itself.
     * @throws {OrderIssueError} `events_expired` where the log doesn't have what comes after the place: `problem` tells which events there
     * are. `unauthorized`, `forbidden`, `validation_failed`; not what a later try may mend.
     * @example
     * for await (const event of client.events({ after: 4711 })) {
     *     console.log(event.sequence, event.type, event.data.issueId);
     * }
     */
    events(options?: EventsOptions): AsyncGenerator<IssueEvent, void, undefined>;
}

/** The order issue service. Calls that fail throw an {@link OrderIssueError}, or the reason of the signal that ended them. */
export class OrderIssueClient extends Operations implements IssueClient {
    private readonly options: ClientOptions;
    private readonly transport: Transport;

    /** @throws {TypeError} Where an option can't be right. */
    constructor(options: ClientOptions) {
        super();
        check(options);
        this.options = options;
        this.transport = new Transport(options);
    }

    pages(options: PagesOptions = {}): AsyncGenerator<Result<IssueListResponse>, void, undefined> {
        return walkPages(this, options);
    }

    allIssues(options: PagesOptions = {}): AsyncGenerator<OrderIssue, void, undefined> {
        return walkIssues(this, options);
    }

    exportRows(options: RowsOptions = {}): AsyncGenerator<OrderIssue, void, undefined> {
        return readRows(this, options, limitsOf(this.options, options).timeoutMs);
    }

    events(options: EventsOptions = {}): AsyncGenerator<IssueEvent, void, undefined> {
        const { timeoutMs } = limitsOf(this.options, { timeoutMs: options.timeoutMs });
        return new Events(this, options, timeoutMs, this.options.onRetry).follow();
    }

    protected send<T>(request: Description, options: CallOptions): Promise<Result<T>> {
        return this.transport.call(request, options, readResult<T>);
    }

    protected sendIfChanged<T>(request: Description, options: CallOptions): Promise<Result<T> | undefined> {
        return this.transport.call(request, options, async (response, sent) =>
            response.status === 304 ? undefined : readResult<T>(response, sent));
    }

    protected download(request: Description, options: CallOptions): Promise<Response> {
        return this.transport.call(request, options, async (response, sent) => {
            if (mediaType(response.headers) === "text/html") {
                throw toError(response, "", sent); // A page to log in, perhaps.
            }

            return response;
        });
    }
}
