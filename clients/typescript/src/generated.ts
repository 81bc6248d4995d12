// Made by NSwag from docs/openapi.json: ./generate writes it anew, and what is changed here is lost.
import type { CallOptions } from "./options.js";
import type { Description } from "./request.js";
import type { Result } from "./result.js";

/** What the service does, an operation a method. */
export interface IssueOperations {
    /**
     * Looks a ticket up.
     *
     * Answers may be up to 30 seconds old; up to 10 minutes while the system takes no calls.
     * @param ticketId Freshdesk: 1 to 19 digits. TikTok Shop: digits of a return, refund or cancellation, or `conversation:` or `order:` and id.
     * @returns The ticket.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `ticket_not_found` (404), `rate_limited` (429),
     * `internal_error` (500), `ticket_source_failed` (502), `ticket_source_not_configured` (503), `ticket_source_unavailable`
     * (503), `store_unavailable` (503), `overloaded` (503), `request_timeout` (503), `ticket_source_timeout` (504)
     * @example
     * const { data } = await client.getTicket("18362");
     */
    getTicket(ticketId: string, options?: GetTicketOptions): Promise<Result<TicketResponse>>;

    /**
     * Tells the words that the fields of an issue may have, for forms.
     *
     * Statuses and types are those of the configuration. Where it has none, `anyStatus` and `anyType` are true.
     * @returns The vocabulary.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `rate_limited` (429), `internal_error` (500),
     * `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.getVocabulary();
     */
    getVocabulary(options?: CallOptions): Promise<Result<VocabularyResponse>>;

    /**
     * Tells who calls, and what the credential permits.
     *
     * Takes any valid credential, whatever its scopes.
     * @returns The caller.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `rate_limited` (429), `internal_error` (500),
     * `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.getSession();
     */
    getSession(options?: CallOptions): Promise<Result<SessionResponse>>;

    /**
     * Reports an issue with an order.
     *
     * Sending the same body twice makes two issues, unless both requests have the same `Idempotency-Key`.
     * @param body The issue.
     * @returns The new issue, with the number that the service gave it.
     * @throws {OrderIssueError} `malformed_body` (400), `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `conflict` (409),
     * `payload_too_large` (413), `unsupported_media_type` (415), `idempotency_mismatch` (422), `rate_limited` (429),
     * `internal_error` (500), `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.createIssue({
     *     OrderId: "111-0944945-3989852",
     *     channel: "freshdesk",
     *     source: "freshdesk",
     *     ticketId: "18362",
     *     issueType: "delivery issue",
     *     customerName: "Josh",
     *     customerEmail: "josh@example.com",
     *     customerReachedAt: "2025-11-19T22:36:28Z",
     *     status: "open"
     * });
     */
    createIssue(body: CreateIssueRequest, options?: CreateIssueOptions): Promise<Result<IssueResponse>>;

    /**
     * Reports the issue of a ticket, unless the ticket has one already.
     *
     * Fills absent `OrderId`, `customerName`, `customerEmail`, `customerReachedAt` and `notes` (the subject) from
     * the ticket. A ticket gets one issue, however many callers ask at the same time.
     * @param body The ticket, and details of the issue.
     * @returns \n            The ticket's newest issue, which was there already, as it is; the one that it was merged into where that happened.\n             Or: The new issue, with the number that the service gave it.
     * @throws {OrderIssueError} `malformed_body` (400), `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `ticket_not_found` (404),
     * `conflict` (409), `payload_too_large` (413), `unsupported_media_type` (415), `idempotency_mismatch` (422), `rate_limited`
     * (429), `internal_error` (500), `ticket_source_failed` (502), `ticket_source_not_configured` (503),
     * `ticket_source_unavailable` (503), `store_unavailable` (503), `overloaded` (503), `request_timeout` (503),
     * `ticket_source_timeout` (504)
     * @example
     * const { data } = await client.createIssueFromTicket({
     *     source: "freshdesk-us",
     *     ticketId: "18364",
     *     OrderId: "111-0944945-3989852",
     *     issueType: "damaged",
     *     items: [{ sku: "VASE-2", qty: 1 }],
     *     createdBy: "agentName"
     * });
     */
    createIssueFromTicket(body: CreateIssueFromTicketRequest, options?: CreateIssueFromTicketOptions): Promise<Result<IssueResponse>>;

    /**
     * Changes the status of an order's newest or named issue.
     *
     * Resolved statuses (e.g. `done`) set `issueResolvedAt`; repeats keep the date, other statuses remove it.
     * @param orderId The order. In a URL it is one path segment, percent-encoded once (`A/B` is `A%2FB`).
     * @param body The status.
     * @returns The whole issue after the change.
     * @throws {OrderIssueError} `malformed_body` (400), `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `issue_not_found` (404),
     * `conflict` (409), `issue_merged` (409), `precondition_failed` (412), `payload_too_large` (413), `unsupported_media_type`
     * (415), `idempotency_mismatch` (422), `issue_full` (422), `rate_limited` (429), `internal_error` (500),
     * `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.updateStatus("111-0944945-3989852", { status: "done" });
     */
    updateStatus(orderId: string, body: UpdateStatusRequest, options?: UpdateStatusOptions): Promise<Result<IssueResponse>>;

    /**
     * Adds a message to an order's newest or named issue.
     *
     * The service dates the message. A discussion holds at most 5,000 messages. A message to a merged issue goes to the one that it was
     * merged into, which answers.
     * @param orderId The order. In a URL it is one path segment, percent-encoded once (`A/B` is `A%2FB`).
     * @param body The message.
     * @returns The whole issue after the change.
     * @throws {OrderIssueError} `malformed_body` (400), `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `issue_not_found` (404),
     * `conflict` (409), `precondition_failed` (412), `payload_too_large` (413), `unsupported_media_type` (415),
     * `idempotency_mismatch` (422), `issue_full` (422), `rate_limited` (429), `internal_error` (500), `store_unavailable`
     * (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.addDiscussion("111-0944945-3989852", {
     *     username: "John Agent",
     *     message: "Customer confirmed they received the replacement."
     * });
     */
    addDiscussion(orderId: string, body: AddDiscussionRequest, options?: AddDiscussionOptions): Promise<Result<IssueResponse>>;

    /**
     * Reads an issue by its number.
     *
     * The `ETag` that comes with it is what a change may name in `If-Match`.
     * @param issueId The issue's number: decimal digits.
     * @returns The issue.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `issue_not_found` (404), `rate_limited` (429),
     * `internal_error` (500), `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.getIssue("1600001");
     */
    getIssue(issueId: string, options?: GetIssueOptions & { ifNoneMatch?: undefined }): Promise<Result<IssueResponse>>;
    /** Likewise; undefined where the issue is still in the state that `ifNoneMatch` names. */
    getIssue(issueId: string, options: GetIssueOptions): Promise<Result<IssueResponse> | undefined>;

    /**
     * Gives fields of an issue other values.
     *
     * A patch that changes nothing leaves no trace; any other takes effect whole and is an entry of the history.
     * @param issueId The issue's number: decimal digits.
     * @param body The fields.
     * @returns The whole issue after the change.
     * @throws {OrderIssueError} `malformed_body` (400), `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `issue_not_found` (404),
     * `conflict` (409), `issue_merged` (409), `precondition_failed` (412), `payload_too_large` (413), `unsupported_media_type`
     * (415), `idempotency_mismatch` (422), `issue_full` (422), `rate_limited` (429), `internal_error` (500),
     * `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.patchIssue("1600001", {
     *     items: [{ sku: "MUG-BLUE-2", qty: 1 }],
     *     trackingNumber: ["TRK123"],
     *     issueType: "damaged",
     *     customerEmail: null
     * });
     */
    patchIssue(issueId: string, body: PatchIssueRequest, options?: PatchIssueOptions): Promise<Result<IssueResponse>>;

    /**
     * Changes up to 1,000 issues alike.
     *
     * Each issue is changed whole or not at all, and is one entry of its history. One that can't be changed has a `code`, such as
     * `issue_not_found` or `issue_full`, and keeps none of the others back: the answer is 200 even if it is all of them. With an
     * `Idempotency-Key`, a retry goes on where the request was cut off, with the issues that the filter found at first.
     * @param body The issues, and the change.
     * @returns The outcome for each issue.
     * @throws {OrderIssueError} `malformed_body` (400), `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `conflict` (409),
     * `count_differs` (409), `payload_too_large` (413), `unsupported_media_type` (415), `idempotency_mismatch` (422),
     * `rate_limited` (429), `internal_error` (500), `store_unavailable` (503), `query_timeout` (503), `overloaded` (503),
     * `request_timeout` (503)
     * @example
     * const { data } = await client.changeIssues({
     *     issueIds: ["1600001", "1600002"],
     *     change: {
     *         status: "done",
     *         message: "The carrier has found the parcels.",
     *         by: "John Agent"
     *     }
     * });
     */
    changeIssues(body: ChangeIssuesRequest, options?: ChangeIssuesOptions): Promise<Result<ChangedIssuesResponse>>;

    /**
     * Merges an issue into another one of its order.
     *
     * The issue is resolved and marked, and takes no changes any more. The other one gets its messages, those that it has and those that
     * are still written to it.
     * @param issueId The number of the issue that is merged: decimal digits.
     * @param body The other issue.
     * @returns The other issue, whole, with the messages.
     * @throws {OrderIssueError} `malformed_body` (400), `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `issue_not_found` (404),
     * `conflict` (409), `issue_merged` (409), `precondition_failed` (412), `payload_too_large` (413), `unsupported_media_type`
     * (415), `idempotency_mismatch` (422), `issue_full` (422), `rate_limited` (429), `internal_error` (500),
     * `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.mergeIssue("1600002", { into: "1600001", by: "Jane Lead" });
     */
    mergeIssue(issueId: string, body: MergeIssueRequest, options?: MergeIssueOptions): Promise<Result<IssueResponse>>;

    /**
     * Tells what happened to an issue.
     *
     * Starts with the creation. Each change adds an entry, except changes by other programs on the same store.
     * @param issueId The issue's number: decimal digits.
     * @returns The history, oldest first.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `issue_not_found` (404), `rate_limited` (429),
     * `internal_error` (500), `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.getHistory("1600001");
     */
    getHistory(issueId: string, options?: CallOptions): Promise<Result<HistoryResponse>>;

    /**
     * Lists issues, a page at a time.
     *
     * Issues must meet all filters. Sorted by `createdAt`, paging by `nextCursor` meets every issue from the start exactly once,
     * also during changes.
     * @returns The page.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `rate_limited` (429), `internal_error` (500),
     * `store_unavailable` (503), `query_timeout` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.listIssues();
     */
    listIssues(options?: ListIssuesOptions): Promise<Result<IssueListResponse>>;

    /**
     * Counts issues by the values of one or two fields.
     *
     * Counts by `sku` tell what breaks; by `packer`, whose parcels go wrong. Takes the filters of the list.
     * @returns The statistics.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `rate_limited` (429), `internal_error` (500),
     * `store_unavailable` (503), `query_timeout` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.getStatistics({ groupBy: ["sku"] });
     */
    getStatistics(options: GetStatisticsOptions): Promise<Result<StatisticsResponse>>;

    /**
     * Exports issues as a file, the latest first.
     *
     * CSV (RFC 4180, UTF-8) and XLSX have a header row and a column per field: `items` as `SKU x quantity`, separated by
     * `; ` as tracking numbers are, in quotes where they have a `;`; `discussion` as lines of `time name: message`,
     * with a message's further lines indented. CSV has texts in quotes, and a `'` before what a spreadsheet could take for a formula:
     * at the start of a text, after a `;` or after a line end. XLSX has texts as they are, up to the 32,767 characters that Excel
     * takes (longer ones end with `… [cut]`), and dates in UTC. NDJSON has an issue a line, in the JSON of a single issue. Issues
     * reported after the start are left out. On a failure the connection breaks before the body's end.
     * @returns The file.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `rate_limited` (429), `internal_error` (500),
     * `store_unavailable` (503), `query_timeout` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const file = await client.exportIssues({ format: "ndjson" });
     */
    exportIssues(options: ExportIssuesOptions): Promise<Response>;

    /**
     * Lists the views by name, and counts the issues of each if asked to.
     *
     * A view whose issues can't be counted has a `code` in place of its `count`: the list refuses its query by now, or it takes
     * too long. The others have theirs nevertheless.
     * @returns The views.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `rate_limited` (429), `internal_error` (500),
     * `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.listViews();
     */
    listViews(options?: ListViewsOptions): Promise<Result<ViewListResponse>>;

    /**
     * Saves a query of the list under a name, or changes the one that has it.
     *
     * Names that differ in case only are one. A query that the list refuses is refused for the same reasons, which `errors` has under
     * `query`. There may be 200 views.
     * @param name The view's name: 1 to 100 characters, no e-mail address.
     * @param body The query.
     * @returns The changed view. Or: The new view.
     * @throws {OrderIssueError} `malformed_body` (400), `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `payload_too_large` (413),
     * `unsupported_media_type` (415), `rate_limited` (429), `internal_error` (500), `store_unavailable` (503), `overloaded`
     * (503), `request_timeout` (503)
     * @example
     * const { data } = await client.putView("open ones", { query: "status=open&sort=-createdAt" });
     */
    putView(name: string, body: PutViewRequest, options?: CallOptions): Promise<Result<ViewResponse>>;

    /**
     * Removes a view.
     *
     * Its issues stay.
     * @param name The view's name.
     * @returns What its headers tell.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `view_not_found` (404), `rate_limited` (429),
     * `internal_error` (500), `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * await client.deleteView("open ones");
     */
    deleteView(name: string, options?: CallOptions): Promise<Result<{ ok: boolean }>>;

    /**
     * Lists what happened after an event, oldest first.
     *
     * Every creation and change of an issue is an event. Sequences have no gaps: whoever has read N has read all below. Go on with
     * `next` of the page. Events are kept for 30 days at least. A call with `type` looks at 10,000 events at most.
     * @returns The events; none where there were none in time.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `events_expired` (410), `rate_limited` (429),
     * `internal_error` (500), `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.listEvents();
     */
    listEvents(options?: ListEventsOptions): Promise<Result<EventListResponse>>;

    /**
     * Streams what happens, as server-sent events.
     *
     * Each has the sequence as its `id`, the kind as its `event`, and as its `data` the event as in the list. A comment
     * comes after 15 seconds without an event, with the last sequence that was looked at. The stream ends when the service stops, the
     * credential expires or a day is over: connect again, with the last sequence as `Last-Event-ID` or `after`.
     * @returns The stream.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `events_expired` (410), `rate_limited` (429),
     * `internal_error` (500), `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const file = await client.streamEvents();
     */
    streamEvents(options?: StreamEventsOptions): Promise<Response>;

    /**
     * Reads everything that is kept about a customer.
     *
     * That is the issues that have the address, or had it before, in any case, each with its history. A merged issue has its later
     * messages as well, which went to the issue that took over. A POST, so that the address stands in no URL.
     * @param body Customer.
     * @returns What is kept about the customer.
     * @throws {OrderIssueError} `malformed_body` (400), `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `payload_too_large` (413),
     * `unsupported_media_type` (415), `rate_limited` (429), `internal_error` (500), `store_unavailable` (503), `overloaded`
     * (503), `request_timeout` (503)
     * @example
     * const { data } = await client.exportCustomerData({ email: "josh@example.com" });
     */
    exportCustomerData(body: ExportCustomerDataRequest, options?: CallOptions): Promise<Result<CustomerDataResponse>>;

    /**
     * Erases customers' data.
     *
     * From all issues that have the address, in any case, or from the issues that are named: `customerName` and `customerEmail`
     * are removed, notes and texts of messages become `[erased]`, also in the history, in searches, and in remembered responses. From
     * issues that had the address before and have another one now, past values alone are erased. Of issues that were merged with them,
     * their messages alone are erased. The history keeps who erased, when and why. Erasing again does no harm.
     * @param body Customer or issues, and the reason.
     * @returns What became of each issue, also where there was none.
     * @throws {OrderIssueError} `malformed_body` (400), `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `payload_too_large` (413),
     * `unsupported_media_type` (415), `rate_limited` (429), `internal_error` (500), `store_unavailable` (503), `overloaded`
     * (503), `request_timeout` (503)
     * @example
     * const { data } = await client.eraseCustomerData({ email: "josh@example.com", reason: "Request of 2025-11-21", by: "Kim Lead" });
     */
    eraseCustomerData(body: EraseCustomerDataRequest, options?: CallOptions): Promise<Result<ErasureResponse>>;

    /**
     * Lists the webhooks, and how they are.
     *
     * Neither secrets nor the queries of addresses are told.
     * @returns The webhooks, as of the last second.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `rate_limited` (429), `internal_error` (500),
     * `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.listWebhooks();
     */
    listWebhooks(options?: CallOptions): Promise<Result<WebhookListResponse>>;

    /**
     * Lists deliveries to a webhook: pending ones, failed ones of 30 days, and the last 1,000 delivered ones.
     *
     * Pending and failed ones come in the order of their sequences, delivered ones the latest first.
     * @param name The webhook's name.
     * @returns The page.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `webhook_not_found` (404), `rate_limited` (429),
     * `internal_error` (500), `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.listWebhookDeliveries("erp");
     */
    listWebhookDeliveries(name: string, options?: ListWebhookDeliveriesOptions): Promise<Result<WebhookDeliveryListResponse>>;

    /**
     * Sends a trial to a webhook, once, and tells what came of it.
     *
     * Its type is `webhook.ping`. A disabled webhook gets it too.
     * @param name The webhook's name.
     * @returns What came of it.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `webhook_not_found` (404), `rate_limited` (429),
     * `internal_error` (500), `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.pingWebhook("erp");
     */
    pingWebhook(name: string, options?: CallOptions): Promise<Result<WebhookPingResponse>>;

    /**
     * Lets a disabled webhook go on where it stopped.
     *
     * It gets all that happened meanwhile. One that isn't disabled stays as it is.
     * @param name The webhook's name.
     * @returns The webhook, which goes on within seconds.
     * @throws {OrderIssueError} `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `webhook_not_found` (404), `rate_limited` (429),
     * `internal_error` (500), `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.enableWebhook("erp");
     */
    enableWebhook(name: string, options?: CallOptions): Promise<Result<WebhookResponse>>;

    /**
     * Delivers up to 1,000 events to a webhook once more.
     *
     * They become pending, and are sent within seconds, in no order. Kinds that it doesn't take are left out.
     * @param name The webhook's name.
     * @param body First and last event.
     * @returns How many events will be sent.
     * @throws {OrderIssueError} `malformed_body` (400), `validation_failed` (400), `unauthorized` (401), `forbidden` (403), `webhook_not_found` (404),
     * `payload_too_large` (413), `unsupported_media_type` (415), `rate_limited` (429), `internal_error` (500),
     * `store_unavailable` (503), `overloaded` (503), `request_timeout` (503)
     * @example
     * const { data } = await client.redeliverEvents("erp", { from: 1, to: 1 });
     */
    redeliverEvents(name: string, body: RedeliverEventsRequest, options?: CallOptions): Promise<Result<RedeliveryResponse>>;
}

/** The operations as requests. Whoever derives from it sends them. */
export abstract class Operations implements IssueOperations {
    protected abstract send<T>(request: Description, options: CallOptions): Promise<Result<T>>;
    protected abstract sendIfChanged<T>(request: Description, options: CallOptions): Promise<Result<T> | undefined>;
    protected abstract download(request: Description, options: CallOptions): Promise<Response>;

    getTicket(ticketId: string, options: GetTicketOptions = {}): Promise<Result<TicketResponse>> {
        return this.send<TicketResponse>({
            method: "GET",
            path: "/api/issue-ticket/{ticketId}",
            segments: { ticketId: ticketId },
            query: ["source"],
        }, options);
    }

    getVocabulary(options: CallOptions = {}): Promise<Result<VocabularyResponse>> {
        return this.send<VocabularyResponse>({
            method: "GET",
            path: "/api/order-issue/vocabulary",
        }, options);
    }

    getSession(options: CallOptions = {}): Promise<Result<SessionResponse>> {
        return this.send<SessionResponse>({
            method: "GET",
            path: "/api/session",
        }, options);
    }

    createIssue(body: CreateIssueRequest, options: CreateIssueOptions = {}): Promise<Result<IssueResponse>> {
        return this.send<IssueResponse>({
            method: "POST",
            path: "/api/order-issue/create",
            headers: ["idempotencyKey"],
            body,
        }, options);
    }

    createIssueFromTicket(body: CreateIssueFromTicketRequest, options: CreateIssueFromTicketOptions = {}): Promise<Result<IssueResponse>> {
        return this.send<IssueResponse>({
            method: "POST",
            path: "/api/order-issue/from-ticket",
            headers: ["idempotencyKey"],
            body,
        }, options);
    }

    updateStatus(orderId: string, body: UpdateStatusRequest, options: UpdateStatusOptions = {}): Promise<Result<IssueResponse>> {
        return this.send<IssueResponse>({
            method: "PUT",
            path: "/api/order-issue/update/{OrderId}",
            segments: { OrderId: orderId },
            query: ["issueId"],
            headers: ["ifMatch", "idempotencyKey"],
            body,
        }, options);
    }

    addDiscussion(orderId: string, body: AddDiscussionRequest, options: AddDiscussionOptions = {}): Promise<Result<IssueResponse>> {
        return this.send<IssueResponse>({
            method: "PUT",
            path: "/api/order-issue/discussion/{OrderId}",
            segments: { OrderId: orderId },
            query: ["issueId"],
            headers: ["ifMatch", "idempotencyKey"],
            body,
        }, options);
    }

    getIssue(issueId: string, options?: GetIssueOptions & { ifNoneMatch?: undefined }): Promise<Result<IssueResponse>>;
    getIssue(issueId: string, options: GetIssueOptions): Promise<Result<IssueResponse> | undefined>;
    getIssue(issueId: string, options: GetIssueOptions = {}): Promise<Result<IssueResponse> | undefined> {
        return this.sendIfChanged<IssueResponse>({
            method: "GET",
            path: "/api/order-issue/{issueId}",
            segments: { issueId: issueId },
            headers: ["ifNoneMatch"],
        }, options);
    }

    patchIssue(issueId: string, body: PatchIssueRequest, options: PatchIssueOptions = {}): Promise<Result<IssueResponse>> {
        return this.send<IssueResponse>({
            method: "PATCH",
            path: "/api/order-issue/{issueId}",
            segments: { issueId: issueId },
            headers: ["ifMatch", "idempotencyKey"],
            body,
        }, options);
    }

    changeIssues(body: ChangeIssuesRequest, options: ChangeIssuesOptions = {}): Promise<Result<ChangedIssuesResponse>> {
        return this.send<ChangedIssuesResponse>({
            method: "POST",
            path: "/api/order-issue/bulk",
            headers: ["idempotencyKey"],
            body,
        }, options);
    }

    mergeIssue(issueId: string, body: MergeIssueRequest, options: MergeIssueOptions = {}): Promise<Result<IssueResponse>> {
        return this.send<IssueResponse>({
            method: "POST",
            path: "/api/order-issue/{issueId}/merge",
            segments: { issueId: issueId },
            headers: ["ifMatch", "idempotencyKey"],
            body,
        }, options);
    }

    getHistory(issueId: string, options: CallOptions = {}): Promise<Result<HistoryResponse>> {
        return this.send<HistoryResponse>({
            method: "GET",
            path: "/api/order-issue/{issueId}/history",
            segments: { issueId: issueId },
        }, options);
    }

    listIssues(options: ListIssuesOptions = {}): Promise<Result<IssueListResponse>> {
        return this.send<IssueListResponse>({
            method: "GET",
            path: "/api/order-issue",
            query: [...filters, "sort", "limit", "cursor", "count"],
        }, options);
    }

    getStatistics(options: GetStatisticsOptions): Promise<Result<StatisticsResponse>> {
        return this.send<StatisticsResponse>({
            method: "GET",
            path: "/api/order-issue/stats",
            query: [...filters, "groupBy"],
            joined: ["groupBy"],
        }, options);
    }

    exportIssues(options: ExportIssuesOptions): Promise<Response> {
        return this.download({
            method: "GET",
            path: "/api/order-issue/export",
            query: [...filters, "format"],
        }, options);
    }

    listViews(options: ListViewsOptions = {}): Promise<Result<ViewListResponse>> {
        return this.send<ViewListResponse>({
            method: "GET",
            path: "/api/issue-view",
            query: ["count"],
        }, options);
    }

    putView(name: string, body: PutViewRequest, options: CallOptions = {}): Promise<Result<ViewResponse>> {
        return this.send<ViewResponse>({
            method: "PUT",
            path: "/api/issue-view/{name}",
            segments: { name: name },
            body,
        }, options);
    }

    deleteView(name: string, options: CallOptions = {}): Promise<Result<{ ok: boolean }>> {
        return this.send<{ ok: boolean }>({
            method: "DELETE",
            path: "/api/issue-view/{name}",
            segments: { name: name },
        }, options);
    }

    listEvents(options: ListEventsOptions = {}): Promise<Result<EventListResponse>> {
        return this.send<EventListResponse>({
            method: "GET",
            path: "/api/issue-event",
            query: ["limit", "wait", "after", "type", "epoch"],
        }, options);
    }

    streamEvents(options: StreamEventsOptions = {}): Promise<Response> {
        return this.download({
            method: "GET",
            path: "/api/issue-event/stream",
            query: ["after", "type", "epoch"],
            headers: ["lastEventId"],
        }, options);
    }

    exportCustomerData(body: ExportCustomerDataRequest, options: CallOptions = {}): Promise<Result<CustomerDataResponse>> {
        return this.send<CustomerDataResponse>({
            method: "POST",
            path: "/api/customer-data/export",
            body,
        }, options);
    }

    eraseCustomerData(body: EraseCustomerDataRequest, options: CallOptions = {}): Promise<Result<ErasureResponse>> {
        return this.send<ErasureResponse>({
            method: "POST",
            path: "/api/customer-data/erase",
            body,
        }, options);
    }

    listWebhooks(options: CallOptions = {}): Promise<Result<WebhookListResponse>> {
        return this.send<WebhookListResponse>({
            method: "GET",
            path: "/api/webhook",
        }, options);
    }

    listWebhookDeliveries(name: string, options: ListWebhookDeliveriesOptions = {}): Promise<Result<WebhookDeliveryListResponse>> {
        return this.send<WebhookDeliveryListResponse>({
            method: "GET",
            path: "/api/webhook/{name}/delivery",
            segments: { name: name },
            query: ["status", "cursor"],
        }, options);
    }

    pingWebhook(name: string, options: CallOptions = {}): Promise<Result<WebhookPingResponse>> {
        return this.send<WebhookPingResponse>({
            method: "POST",
            path: "/api/webhook/{name}/ping",
            segments: { name: name },
        }, options);
    }

    enableWebhook(name: string, options: CallOptions = {}): Promise<Result<WebhookResponse>> {
        return this.send<WebhookResponse>({
            method: "POST",
            path: "/api/webhook/{name}/enable",
            segments: { name: name },
        }, options);
    }

    redeliverEvents(name: string, body: RedeliverEventsRequest, options: CallOptions = {}): Promise<Result<RedeliveryResponse>> {
        return this.send<RedeliveryResponse>({
            method: "POST",
            path: "/api/webhook/{name}/redeliver",
            segments: { name: name },
            body,
        }, options);
    }
}

/** Webhooks. */
export interface WebhookListResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: Webhook[];
}

/** Receiver of events. */
export interface Webhook {
    /** Name. */
    name: string;
    /** Address, without its query. */
    url: string;
    /** Kinds of events that it takes; none: all. */
    types: string[];
    /** `active`; `paused` for 30 seconds to 5 minutes after several failures in a row; `disabled` until it is enabled, after
     * the receiver's 410 or 5 days without a success. */
    state: WebhookState;
    /** Sequence up to which each event was delivered, or is listed as pending or failed. */
    place: number;
    /** Number of events in the log after the place. */
    waiting: number;
    /** Time of the first event after the place. */
    waitingSince?: string;
    /** Number of events that the log had no longer when their turn came. */
    missed: number;
    /** Time at which the service found another log, and went on from its end. */
    logReplacedAt?: string;
    /** Time of the last success. */
    lastSuccessAt?: string;
    /** Time of the first failure since the last success. */
    failingSince?: string;
    /** Last failure. */
    lastError?: WebhookError;
    /** Time at which it was disabled. */
    disabledAt?: string;
    /** Reason for which it was disabled. */
    disabledReason?: string;
}

/** Failed attempt. */
export interface WebhookError {
    /** Sequence of the event. */
    sequence: number;
    /** Time of the attempt. */
    at: string;
    /** Reason. */
    error: string;
}

/** Reason of a failed request (RFC 9457). */
export interface Problem {
    /** Always false. */
    ok: boolean;
    /** Kind of problem, as a URN: `urn:problem-type:order-issue:` and the code. */
    type: string;
    /** Kind of problem, for people. */
    title: string;
    /** HTTP status. */
    status: number;
    /** Reason, for people. */
    detail: string;
    /** Kind of problem, for programs; stable across versions. */
    code: ProblemCode;
    /** Messages by the field's JSON name (`items[0].qty`). */
    errors?: { [key: string]: string[]; };
    /** Sequence of the oldest event there is, for `events_expired`. */
    oldest?: number;
    /** Sequence of the latest event, for `events_expired`. */
    latest?: number;
    /** Name of the log of events, for `events_expired`. */
    epoch?: string;
    /** Number of the issue that it was merged into, for `issue_merged`. */
    into?: string;
    /** Id of the request in the service's log. */
    traceId: string;
}

/** Page of deliveries. */
export interface WebhookDeliveryListResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: WebhookDelivery[];
    /** Page. */
    page: Page;
}

/** Delivery of an event. */
export interface WebhookDelivery {
    /** Sequence of the event; its `webhook-id` is `evt_` and this. */
    sequence: number;
    /** Kind of the event. */
    type: IssueEventType;
    /** `pending`: to be tried again; `failed`: not tried again; `delivered`. */
    status: DeliveryStatus;
    /** Number of attempts; 0 for one that was asked for and wasn't made yet. */
    attempts: number;
    /** Time of the last attempt, or of the request. */
    at: string;
    /** Time of the next attempt. */
    nextAttemptAt?: string;
    /** Time that the receiver took, in milliseconds. */
    milliseconds?: number;
    /** Reason of the last failure. */
    error?: string;
}

/** Page of a list. */
export interface Page {
    /** Page size; fewer on the last page or above 4 MiB. */
    limit: number;
    /** `cursor` of the next page; absent on the last. */
    nextCursor?: string;
    /** Number of issues on all pages, if asked for. */
    total?: number;
}

/** State of a delivery. */
export type DeliveryStatus = "pending" | "failed" | "delivered" | (string & {});

/** Result of a trial. */
export interface WebhookPingResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: WebhookPing;
}

/** Result of a trial. */
export interface WebhookPing {
    /** True where the receiver took it. */
    succeeded: boolean;
    /** Time that it took, in milliseconds. */
    milliseconds: number;
    /** Reason of the failure. */
    error?: string;
}

/** Webhook. */
export interface WebhookResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: Webhook;
}

/** Events that will be delivered once more. */
export interface RedeliveryResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: Redelivery;
}

/** Events that will be delivered once more. */
export interface Redelivery {
    /** Number of events. */
    events: number;
}

/** Events to deliver once more. */
export interface RedeliverEventsRequest {
    /** Sequence of the first event. */
    from: number;
    /** Sequence of the last event. */
    to: number;
}

/** Views. */
export interface ViewListResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: View[];
}

/** Saved query of the list. */
export interface View {
    /** Name. */
    name: string;
    /** Query of the list, as in its URL after the `?`. */
    query: string;
    /** Number of its issues, if asked for. */
    count?: number;
    /** Reason for which there is no count: `validation_failed` where the list refuses the query by now, `query_timeout` where it
     * takes too long. */
    code?: ProblemCode;
}

/** View. */
export interface ViewResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: View;
}

/** Query to save. */
export interface PutViewRequest {
    /** Query of the list, as in its URL after the `?`: in percent-encoding. Without `customerEmail`, `cursor` and an
     * `@` in `q`. */
    query: string;
}

/** A ticket. */
export interface TicketResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: Ticket;
}

/** Customer's ticket. Unknown values are left out; times are in UTC with milliseconds. */
export interface Ticket {
    /** The ticket's id. */
    ticketId: string;
    /** Subject; in TikTok Shop the kind, order and customer's words. */
    subject?: string;
    /** The product, as Freshdesk numbers it. */
    product_id?: number;
    /** The ticket's id as a number; Freshdesk's only. */
    id?: number;
    /** The ticket's status as a number; Freshdesk's only. */
    status?: number;
    /** Status in words: Freshdesk's 2 to 5 as `opening`, `pending`, `resolved`, `closed`, custom ones by label; TikTok
     * Shop's own in small letters. */
    statusText?: string;
    /** Time of the ticket's opening. */
    created_at?: string;
    /** Time of the ticket's last change. */
    updated_at?: string;
    /** The ticket's type. */
    type?: string;
    /** Priority; in Freshdesk from 1, low, to 4, urgent. */
    priority?: number;
    /** The ticket's tags. */
    tags?: string[];
    /** The customer's name. */
    requesterName?: string;
    /** The customer's e-mail address. */
    requesterEmail?: string;
    /** The order that the ticket is about. */
    OrderId?: string;
    /** True for spam; absent otherwise. */
    spam?: boolean;
    /** True for a ticket of Freshdesk's archive, which doesn't tell the requester; absent otherwise. */
    archived?: boolean;
}

/** System that keeps tickets. */
export type TicketSystem = "freshdesk" | "tiktok";

/** Issue. */
export interface IssueResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: OrderIssue;
    /** After a report: unresolved issues of the order that may be about the same, the newest first; left out if none. */
    possibleDuplicates?: string[];
}

/** Issue with an order. Unknown values are left out; times are in UTC with milliseconds. */
export interface OrderIssue {
    /** Id in the store: 24 hexadecimal digits. */
    _id: string;
    /** Number, in decimal digits. */
    issueId: string;
    /** Order with the issue. */
    OrderId: string;
    /** Ticket id in Freshdesk or TikTok. */
    ticketId?: string;
    /** `freshdesk`, `tiktok`, `email` or `other`. */
    channel?: Channel;
    /** Channel, or a longer name starting with it. */
    source?: Source;
    /** Affected items of the order. */
    items: IssueItem[];
    /** Tracking numbers of the parcels. */
    trackingNumber: string[];
    /** Picker of the items. */
    picker?: string;
    /** Packer of the parcel. */
    packer?: string;
    /** Person who palletted the parcel. */
    palletter?: string;
    /** Customer's name. */
    customerName?: string;
    /** Customer's e-mail address. */
    customerEmail?: string;
    /** Kind of issue. */
    issueType?: IssueType;
    /** `open`, `pending`, `done` or another, in lower case. */
    status: IssueStatus;
    /** Customer's first contact. */
    customerReachedAt?: string;
    /** Shipping time. */
    shipped_at?: string;
    /** Free text. */
    notes?: string;
    /** Messages about the issue, oldest first. */
    discussion: DiscussionMessage[];
    /** Reporter of the issue. */
    createdBy?: string;
    /** Resolution time; left out while unresolved. */
    issueResolvedAt?: string;
    /** Time of the report. */
    createdAt?: string;
    /** Time of the last change. */
    updatedAt?: string;
    /** Number of changes; 0 for new issues. */
    __v: number;
    /** Person who works on it. */
    assignee?: string;
    /** Tags, in lower case. */
    tags?: string[];
    /** `low`, `high` or `urgent`; left out if normal. */
    priority?: Priority;
    /** Time by which it should be resolved. */
    dueAt?: string;
    /** `warehouse`, `carrier`, `supplier`, `listing`, `customer` or `unknown`. */
    fault?: Fault;
    /** Cost of the issue. */
    cost?: Cost;
    /** Number of the issue that it was merged into. */
    mergedInto?: string;
    /** In lists: the `ETag` of the issue, for `If-Match`. */
    _etag?: string;
}

/** Affected item. */
export interface IssueItem {
    /** Stock keeping unit. */
    sku: string;
    /** Number of units. */
    qty: number;
}

/** Message about an issue. */
export interface DiscussionMessage {
    /** Author of the message. */
    userName: string;
    /** Text of the message. */
    message: string;
    /** Time of the message. */
    created_at: string;
    /** Number of the merged issue that it was written to; left out for messages to this issue. */
    fromIssueId?: string;
}

/** Amount of money. */
export interface Cost {
    /** Amount. */
    amount: number;
    /** Currency of ISO 4217. */
    currency: string;
}

/** Issue of a ticket: its type, and values that the ticket lacks or has wrong. Texts are trimmed and stored in Unicode NFC; control characters are refused, unknown keys ignored. */
export interface CreateIssueFromTicketRequest {
    /** `freshdesk`, `tiktok`, `email` or `other`. Default: start of the source. */
    channel?: Channel | null | undefined;
    /** Kind of issue. */
    issueType: IssueType;
    /** `open` (the default), `pending`, `done`, or another of letters, digits, spaces, `_` and `-`, unless the
     * service has a list of its own. Stored in lower case. */
    status?: IssueStatus | null | undefined;
    /** Affected items of the order. */
    items?: Items | null | undefined;
    /** Tracking numbers, 1 to 100 characters each; a single one may be bare. */
    trackingNumber?: TrackingNumbers | null | undefined;
    /** Picker of the items. */
    picker?: string | null | undefined;
    /** Packer of the parcel. */
    packer?: string | null | undefined;
    /** Person who palletted the parcel. */
    palletter?: string | null | undefined;
    /** Customer's name. */
    customerName?: string | null | undefined;
    /** Customer's e-mail address. */
    customerEmail?: string | null | undefined;
    /** Customer's first contact: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    customerReachedAt?: string | null | undefined;
    /** Shipping time: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    shipped_at?: string | null | undefined;
    /** Free text of any number of lines. */
    notes?: string | null | undefined;
    /** Reporter of the issue. */
    createdBy?: string | null | undefined;
    /** Person who works on it. */
    assignee?: string | null | undefined;
    /** Tags of 1 to 50 characters, without commas. Stored in lower case. */
    tags?: Tags | null | undefined;
    /** `low`, `normal`, `high` or `urgent`, or Freshdesk's number of it, 1 to 4. Normal is left out. */
    priority?: PriorityOrNumber | null | undefined;
    /** Time by which it should be resolved, in the same forms; null for none. Default: by its type. */
    dueAt?: string | null | undefined;
    /** `warehouse`, `carrier`, `supplier`, `listing`, `customer` or `unknown`. */
    fault?: Fault | null | undefined;
    /** Cost of the issue. */
    cost?: CostRequest | null | undefined;
    /** Ticket id, also as a number. */
    ticketId: TextOrInteger;
    /** `freshdesk`, `tiktok`, or a name that starts with one and `-`. Stored in lower case. */
    source: Source;
    /** Order, also as a number. Default: the ticket's. */
    OrderId?: TextOrInteger | null | undefined;
}

/** Affected item. */
export interface CreateIssueItemRequest {
    /** Stock keeping unit, also as a number. */
    sku: TextOrInteger;
    /** Number of units, also as a numeric string. */
    qty: Quantity;
}

export type TrackingNumbers = readonly TextOrInteger[] | TextOrInteger;

/** Cost, or its parts that change. */
export interface CostRequest {
    /** Amount, from 0 to 1,000,000,000, with two decimals at most. */
    amount?: number | undefined;
    /** Currency of ISO 4217. */
    currency?: string | undefined;
}

/** Text, or an integer that is taken as its digits. */
export type TextOrInteger = string | number;

/** Caller. */
export interface SessionResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: Session;
}

/** Caller, and the scopes of the credential. */
export interface Session {
    /** API key's name or token's subject; left out where nobody is named. */
    name?: string;
    /** Scopes of the credential that the service knows. */
    scopes: string[];
    /** True for a call without a credential, where that is permitted. */
    anonymous: boolean;
}

/** Everything that is kept about a customer. */
export interface CustomerDataResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: CustomerData;
}

/** Everything that is kept about a customer. */
export interface CustomerData {
    /** Customer's e-mail address, as it was asked for. */
    email: string;
    /** Time of the export, in UTC. */
    at: string;
    /** Issues, the oldest first. */
    issues: RecordedIssue[];
}

/** Issue with its history. */
export interface RecordedIssue {
    /** Issue. */
    issue: OrderIssue;
    /** History, oldest first. */
    history: HistoryEntry[];
}

/** Change of an issue. */
export interface HistoryEntry {
    /** Time of the change, in UTC. */
    at: string;
    /** Claimed author: `by`, `username` or `createdBy`. */
    by?: string;
    /** Caller: API key's name or token's subject. */
    caller?: string;
    /** `created`, `statusChanged`, `confirmed` (the same status), `edited`, `messageAdded`, `merged` or
     * `erased`. */
    action: HistoryAction;
    /** Reason of an erasure. */
    reason?: string;
    /** Changed fields; for a message, only `discussion`. `mergedFrom` is the number of an issue that was merged into this one. */
    changes: FieldChange[];
}

/** Change of a field. Absent values are left out. */
export interface FieldChange {
    /** Field. */
    field: string;
    /** Value before. */
    from?: unknown;
    /** Value after. */
    to?: unknown;
}

/** Customer whose data is wanted. */
export interface ExportCustomerDataRequest {
    /** Customer's e-mail address, in any case. */
    email: string;
}

/** Outcome of an erasure. */
export interface ErasureResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: Erasure[];
    /** True where the address has more than 1,000 issues: the same call erases the next ones. */
    more: boolean;
}

/** What became of an issue. */
export interface Erasure {
    /** Number of the issue. */
    issueId?: string;
    /** True where the issue has no customer's data any more. */
    ok: boolean;
    /** True where something was erased, false where nothing was left. */
    erased?: boolean;
    /** Problem code: `issue_not_found`. */
    code?: ProblemCode;
}

/** Customer's data to erase: by `email`, or by `issueIds`. Unknown keys are refused. */
export type EraseCustomerDataRequest = {
    /** Customer's e-mail address, in any case. */
    email?: string | undefined;
    /** Numbers of 1 to 1,000 issues instead. */
    issueIds?: readonly string[] | undefined;
    /** Reason, which the history keeps: no customer's data. */
    reason: string;
    /** True to leave the messages' texts as they are. Default: false. */
    keepTexts?: boolean | undefined;
    /** Author, for the history. */
    by?: string | null | undefined;
} & ({ email: string } | { issueIds: readonly string[] });

/** Outcomes, one for each issue, in the order asked for; of a filter, latest issue first. */
export interface ChangedIssuesResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: ChangedIssue[];
}

/** Outcome for one issue. */
export interface ChangedIssue {
    /** Number of the issue. */
    issueId: string;
    /** True where the issue has what was wanted now; false where it stays as it is. */
    ok: boolean;
    /** Reason why it stays, for programs. */
    code?: ProblemCode;
    /** Reason why it stays, for people. */
    detail?: string;
}

/** Change of many issues: those of `issueIds`, or those that `filter` finds. Unknown keys are refused. */
export interface ChangeIssuesRequest {
    /** Numbers of the issues, each once. */
    issueIds?: readonly string[] | undefined;
    /** Filter of the list, in place of `issueIds`; finds at most 1,000 issues. */
    filter?: IssueFilter | undefined;
    /** Number of issues that the filter finds; if it finds another number, nothing is changed. */
    expect?: number | undefined;
    /** Change, the same for each issue. */
    change: PatchIssuesRequest;
}

/** Issues that meet all of it. */
export interface IssueFilter {
    /** Order. 1 to 128 characters; any of several. */
    OrderId?: string | readonly string[] | undefined;
    /** Number. 1 to 20 characters; any of several. */
    issueId?: string | readonly string[] | undefined;
    /** Ticket id. 1 to 128 characters; any of several. */
    ticketId?: string | readonly string[] | undefined;
    /** Status, in any case. 1 to 50 characters; any of several. */
    status?: IssueStatus | readonly IssueStatus[] | undefined;
    /** Channel, in any case. 1 to 100 characters; any of several. */
    channel?: Channel | readonly Channel[] | undefined;
    /** Source, in any case. 1 to 100 characters; any of several. */
    source?: Source | readonly Source[] | undefined;
    /** Kind. 1 to 100 characters; any of several. */
    issueType?: IssueType | readonly IssueType[] | undefined;
    /** Item's SKU. 1 to 100 characters; any of several. */
    sku?: string | readonly string[] | undefined;
    /** Tracking number. 1 to 100 characters; any of several. */
    trackingNumber?: string | readonly string[] | undefined;
    /** Picker. 1 to 200 characters; any of several. */
    picker?: string | readonly string[] | undefined;
    /** Packer. 1 to 200 characters; any of several. */
    packer?: string | readonly string[] | undefined;
    /** Palletter. 1 to 200 characters; any of several. */
    palletter?: string | readonly string[] | undefined;
    /** Customer's e-mail address. 1 to 320 characters; any of several. */
    customerEmail?: string | readonly string[] | undefined;
    /** Reporter. 1 to 200 characters; any of several. */
    createdBy?: string | readonly string[] | undefined;
    /** Assignee. 1 to 200 characters; any of several. */
    assignee?: string | readonly string[] | undefined;
    /** Tag, in any case. 1 to 50 characters; any of several. */
    tag?: string | readonly string[] | undefined;
    /** Priority; `normal` finds what has none. Any of several. */
    priority?: Priority | readonly Priority[] | undefined;
    /** Party whose fault it is. Any of several. */
    fault?: Fault | readonly Fault[] | undefined;
    /** Text of 2 to 100 characters, in any case, of the issue's number, `OrderId`, `ticketId`, `customerName`,
     * `customerEmail`, a tracking number, a SKU, the notes or a message. Has no wildcards. */
    q?: string | undefined;
    /** Reported at this time or later: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    createdFrom?: string | undefined;
    /** Reported before this time; same forms. */
    createdTo?: string | undefined;
    /** Last changed at this time or later; same forms. */
    updatedFrom?: string | undefined;
    /** Last changed before this time; same forms. */
    updatedTo?: string | undefined;
    /** Shipped at this time or later; same forms. */
    shippedFrom?: string | undefined;
    /** Shipped before this time; same forms. */
    shippedTo?: string | undefined;
    /** Resolved at this time or later; same forms. */
    resolvedFrom?: string | undefined;
    /** Resolved before this time; same forms. */
    resolvedTo?: string | undefined;
    /** Due at this time or later; same forms. */
    dueFrom?: string | undefined;
    /** Due before this time; same forms. */
    dueTo?: string | undefined;
    /** `true` for resolved issues, `false` for the others. Default: all. */
    resolved?: boolean | undefined;
    /** `true` for issues that are unresolved past `dueAt`, `false` for the others. Default: all. */
    overdue?: boolean | undefined;
    /** Unresolved, and reported more than so many hours ago: 1 to 87,600. */
    olderThanHours?: number | undefined;
}

const filters = ["OrderId", "issueId", "ticketId", "status", "channel", "source", "issueType", "sku", "trackingNumber", "picker", "packer", "palletter", "customerEmail", "createdBy", "assignee", "tag", "priority", "fault", "q", "createdFrom", "createdTo", "updatedFrom", "updatedTo", "shippedFrom", "shippedTo", "resolvedFrom", "resolvedTo", "dueFrom", "dueTo", "resolved", "overdue", "olderThanHours"];

/** Change that many issues get alike, in one step each. Absent fields stay; at least one is needed. */
export interface PatchIssuesRequest {
    /** Status, with the rules of `update`; null for `open`. */
    status?: IssueStatus | null | undefined;
    /** Person who works on it; null for nobody. */
    assignee?: string | null | undefined;
    /** `low`, `normal`, `high` or `urgent`, or Freshdesk's number of it, 1 to 4; null for normal. */
    priority?: PriorityOrNumber | null | undefined;
    /** Tags to add to those that an issue has, as in a patch. */
    addTags?: Tags | null | undefined;
    /** Tags to remove, where an issue has them. */
    removeTags?: Tags | null | undefined;
    /** Message for the discussion, of any number of lines, by the author in `by`. */
    message?: string | null | undefined;
    /** Author, for the history; required with a message. */
    by?: string | null | undefined;
}

/** Vocabulary. */
export interface VocabularyResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: Vocabulary;
}

/** Words that the fields of an issue may have, for forms. */
export interface Vocabulary {
    /** Statuses; where any is permitted, the usual ones. */
    statuses: KnownStatus[];
    /** True where other statuses are permitted, too. */
    anyStatus: boolean;
    /** Types. */
    types: string[];
    /** True where any type is permitted; `types` is empty then. */
    anyType: boolean;
    /** Channels. */
    channels: string[];
    /** Priorities, the lowest first. */
    priorities: string[];
    /** Parties whose fault an issue may be. */
    faults: string[];
}

/** Status. */
export interface KnownStatus {
    /** Status. */
    status: IssueStatus;
    /** True if it means resolved. */
    resolved: boolean;
}

/** Statistics of issues. */
export interface StatisticsResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: IssueStatistics;
}

/** Issue counts by the values of one or two fields. */
export interface IssueStatistics {
    /** Grouping fields, as asked for. */
    groupBy: string;
    /** Number of issues, each counted once. */
    issues: number;
    /** Total quantity of all items. */
    units: number;
    /** Sums of the costs that are known, a currency each; left out if none is. */
    cost?: Cost[];
    /** Groups, largest first; names and types are compared regardless of case and outer blanks. */
    groups: IssueGroup[];
}

/** Issues with the same values. */
export interface IssueGroup {
    /** Value, most frequent spelling; left out if none. */
    key?: string;
    /** Values of two fields, in place of `key`; null where there is none. */
    keys?: (string | null)[];
    /** Number of issues; each counts once per group. */
    issues: number;
    /** Total quantity of all items, or of the SKU. */
    units: number;
    /** Number of unresolved issues. */
    open: number;
    /** Average hours to resolution; left out if none is resolved. */
    avgHoursToResolve?: number;
    /** Sums of the costs that are known, a currency each; left out if none is. */
    cost?: Cost[];
}

/** Field to count issues by. */
export type GroupField = "channel" | "source" | "sku" | "picker" | "packer" | "palletter" | "issueType" | "status" | "assignee" | "tag" | "priority" | "fault" | "day";

/** Status of an issue. */
export type IssueStatus = "open" | "pending" | "done" | (string & {});

/** Channel of a complaint. */
export type Channel = "freshdesk" | "tiktok" | "email" | "other" | (string & {});

/** Channel, or a longer name that starts with it and `-`. */
export type Source = "freshdesk" | "tiktok" | "email" | "other" | (string & {});

/** Kind of issue. */
export type IssueType = "delivery issue" | "missing item" | "wrong item" | "damaged" | "refund request" | (string & {});

/** Priority of an issue. */
export type Priority = "low" | "normal" | "high" | "urgent" | (string & {});

/** Party whose fault an issue is. */
export type Fault = "warehouse" | "carrier" | "supplier" | "listing" | "customer" | "unknown" | (string & {});

/** Format of a file. */
export type ExportFormat = "csv" | "ndjson" | "xlsx";

/** New issue. Texts are trimmed and stored in Unicode NFC; control characters are refused, unknown keys ignored. */
export interface CreateIssueRequest {
    /** `freshdesk`, `tiktok`, `email` or `other`. Default: start of the source. */
    channel?: Channel | null | undefined;
    /** Kind of issue. */
    issueType: IssueType;
    /** `open` (the default), `pending`, `done`, or another of letters, digits, spaces, `_` and `-`, unless the
     * service has a list of its own. Stored in lower case. */
    status?: IssueStatus | null | undefined;
    /** Affected items of the order. */
    items?: Items | null | undefined;
    /** Tracking numbers, 1 to 100 characters each; a single one may be bare. */
    trackingNumber?: TrackingNumbers | null | undefined;
    /** Picker of the items. */
    picker?: string | null | undefined;
    /** Packer of the parcel. */
    packer?: string | null | undefined;
    /** Person who palletted the parcel. */
    palletter?: string | null | undefined;
    /** Customer's name. */
    customerName?: string | null | undefined;
    /** Customer's e-mail address. */
    customerEmail?: string | null | undefined;
    /** Customer's first contact: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    customerReachedAt?: string | null | undefined;
    /** Shipping time: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    shipped_at?: string | null | undefined;
    /** Free text of any number of lines. */
    notes?: string | null | undefined;
    /** Reporter of the issue. */
    createdBy?: string | null | undefined;
    /** Person who works on it. */
    assignee?: string | null | undefined;
    /** Tags of 1 to 50 characters, without commas. Stored in lower case. */
    tags?: Tags | null | undefined;
    /** `low`, `normal`, `high` or `urgent`, or Freshdesk's number of it, 1 to 4. Normal is left out. */
    priority?: PriorityOrNumber | null | undefined;
    /** Time by which it should be resolved, in the same forms; null for none. Default: by its type. */
    dueAt?: string | null | undefined;
    /** `warehouse`, `carrier`, `supplier`, `listing`, `customer` or `unknown`. */
    fault?: Fault | null | undefined;
    /** Cost of the issue. */
    cost?: CostRequest | null | undefined;
    /** Order with the issue, also as a number. */
    OrderId: TextOrInteger;
    /** `freshdesk`, `tiktok`, `email`, `other`, or a name that starts with one and `-`. Stored in lower case. */
    source: Source;
    /** Ticket id, also as a number; required if source or channel is Freshdesk or TikTok. */
    ticketId?: TextOrInteger | null | undefined;
}

/** Page of issues. */
export interface IssueListResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: OrderIssue[];
    /** Page. */
    page: Page;
}

/** Order of a list; `-`: latest first. */
export type IssueSort = "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt" | "dueAt" | "-dueAt";

/** History of an issue. */
export interface HistoryResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: HistoryEntry[];
}

/** Merge patch (RFC 7396): absent fields stay, null removes a value. Texts are trimmed and stored in Unicode NFC; control characters and unknown keys are refused. */
export interface PatchIssueRequest {
    /** Ticket id, also as a number; can't be removed if source or channel is Freshdesk or TikTok. */
    ticketId?: TextOrInteger | null | undefined;
    /** All affected items; null for none. */
    items?: Items | null | undefined;
    /** All tracking numbers, 1 to 100 characters each; one may be bare; null for none. */
    trackingNumber?: TrackingNumbers | null | undefined;
    /** Picker of the items. */
    picker?: string | null | undefined;
    /** Packer of the parcel. */
    packer?: string | null | undefined;
    /** Person who palletted the parcel. */
    palletter?: string | null | undefined;
    /** Customer's name. */
    customerName?: string | null | undefined;
    /** Customer's e-mail address. */
    customerEmail?: string | null | undefined;
    /** Kind of issue; can't be removed. */
    issueType?: IssueType | undefined;
    /** Status, with the rules of `update`; sets or removes `issueResolvedAt`; null for `open`. */
    status?: IssueStatus | null | undefined;
    /** Customer's first contact: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    customerReachedAt?: string | null | undefined;
    /** Shipping time, in the same forms. */
    shipped_at?: string | null | undefined;
    /** Free text of any number of lines. */
    notes?: string | null | undefined;
    /** Person who works on it. */
    assignee?: string | null | undefined;
    /** All tags of 1 to 50 characters, without commas. Stored in lower case. */
    tags?: Tags | null | undefined;
    /** `low`, `normal`, `high` or `urgent`, or Freshdesk's number of it, 1 to 4. Normal is left out. */
    priority?: PriorityOrNumber | null | undefined;
    /** Time by which it should be resolved, in the same forms. */
    dueAt?: string | null | undefined;
    /** `warehouse`, `carrier`, `supplier`, `listing`, `customer` or `unknown`. */
    fault?: Fault | null | undefined;
    /** Cost of the issue; parts that are left out stay. */
    cost?: CostRequest | null | undefined;
    /** Author, for the history. */
    by?: string | null | undefined;
}

export type Items = readonly CreateIssueItemRequest[] | "";

/** Kind of problem, for programs; stable across versions. */
export type ProblemCode = "malformed_body" | "validation_failed" | "unauthorized" | "forbidden" | "issue_not_found" | "ticket_not_found" | "events_expired" | "webhook_not_found" | "view_not_found" | "route_not_found" | "method_not_allowed" | "conflict" | "count_differs" | "issue_merged" | "precondition_failed" | "payload_too_large" | "unsupported_media_type" | "idempotency_mismatch" | "issue_full" | "rate_limited" | "internal_error" | "ticket_source_failed" | "ticket_source_not_configured" | "ticket_source_unavailable" | "ticket_source_timeout" | "store_unavailable" | "query_timeout" | "overloaded" | "request_timeout" | (string & {});

/** State of a webhook. */
export type WebhookState = "active" | "paused" | "disabled" | (string & {});

/** Issue to merge another one into. */
export interface MergeIssueRequest {
    /** Number of another issue of the same order, which isn't merged itself. */
    into: string;
    /** Author, for the history. */
    by?: string | null | undefined;
}

/** New status of an issue. */
export interface UpdateStatusRequest {
    /** `open`, `pending`, `done`, or another of letters, digits, spaces, `_` and `-`, unless the service has a
     * list of its own. Stored in lower case. */
    status: IssueStatus;
    /** Author, for the history. */
    by?: string | null | undefined;
}

/** Message for a discussion. */
export type AddDiscussionRequest = {
    /** Author, or `userName` instead. */
    username?: string | undefined;
    /** Other name for `username`. */
    userName?: string | undefined;
    /** Text of any number of lines. */
    message: string;
} & ({ username: string } | { userName: string });

/** Page of events, oldest first. */
export interface EventListResponse {
    /** Always true. */
    ok: boolean;
    /** Requested data. */
    data: IssueEvent[];
    /** Page. */
    page: EventPage;
}

/** Change of an issue, without personal data of customers. */
export interface IssueEvent {
    /** Number in the log, from 1, without gaps. */
    sequence: number;
    /** Kind of change. */
    type: IssueEventType;
    /** Time of the change, in UTC. */
    timestamp: string;
    /** Issue right after the change. */
    data: IssueEventData;
}

/** Issue right after a change. */
export interface IssueEventData {
    /** Number of the issue. */
    issueId?: string;
    /** Order. */
    OrderId: string;
    /** Source of the complaint. */
    source?: Source;
    /** Number of changes (`__v`): whoever has a later one ignores the event. */
    version: number;
    /** Status. */
    status?: IssueStatus;
    /** True for a resolved issue. */
    resolved: boolean;
    /** Names of the changed fields; `unknown` where another program changed the issue. */
    changed: string[];
    /** Claimed author: `by`, `username` or `createdBy`. */
    by?: string;
    /** Caller: API key's name or token's subject. */
    caller?: string;
}

/** Page of events, and the log that it is of. */
export interface EventPage {
    /** Page size. */
    limit: number;
    /** `after` of the next call. */
    next: number;
    /** Sequence of the oldest event there is; that of the next one in an empty log. */
    oldest: number;
    /** Sequence of the latest event; 0 before the first. */
    latest: number;
    /** Name of the log, which a restored store changes. */
    epoch: string;
}

/** Kind of event. */
export type IssueEventType = "order_issue.created" | "order_issue.status_changed" | "order_issue.confirmed" | "order_issue.message_added" | "order_issue.edited" | "order_issue.merged" | "order_issue.erased" | (string & {});

export type Tags = readonly TextOrInteger[] | TextOrInteger;

export type PriorityOrNumber = Priority | number;

export type Quantity = number | string;

/** Kind of change; `confirmed`: the same status again. */
export type HistoryAction = "created" | "statusChanged" | "confirmed" | "edited" | "messageAdded" | "merged" | "erased" | (string & {});

/** What may come with `getTicket`. */
export interface GetTicketOptions extends CallOptions {
    /** System that keeps the ticket: `freshdesk` (the default) or `tiktok`. */
    source?: TicketSystem | undefined;
}

/** What may come with `createIssue`. */
export interface CreateIssueOptions extends CallOptions {
    /** Makes retries safe: for 24 hours, the same key and body get the first answer. 1 to 255 visible ASCII characters, such as a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** What may come with `createIssueFromTicket`. */
export interface CreateIssueFromTicketOptions extends CallOptions {
    /** Makes retries safe: for 24 hours, the same key and body get the first answer. 1 to 255 visible ASCII characters, such as a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** What may come with `updateStatus`. */
export interface UpdateStatusOptions extends CallOptions {
    /** The number of the issue; without it, the order's newest. */
    issueId?: string | undefined;
    /** Known `ETag`: the change takes effect only while the issue is in that state. Leave it out for a change in any state; undefined is refused, as no state is known then. */
    ifMatch?: string;
    /** Makes retries safe: for 24 hours, the same key, order, body and `issueId` get the first answer again. 1 to 255 visible ASCII
     * characters, such as a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** What may come with `addDiscussion`. */
export interface AddDiscussionOptions extends CallOptions {
    /** The number of the issue; without it, the order's newest. */
    issueId?: string | undefined;
    /** Known `ETag`: the change takes effect only while the issue is in that state. Leave it out for a change in any state; undefined is refused, as no state is known then. */
    ifMatch?: string;
    /** Makes retries safe: for 24 hours, the same key, order, body and `issueId` get the first answer again. 1 to 255 visible ASCII
     * characters, such as a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** What may come with `getIssue`. */
export interface GetIssueOptions extends CallOptions {
    /** The `ETag` of the known state: while the issue is in it, it isn't sent again. */
    ifNoneMatch?: string | undefined;
}

/** What may come with `patchIssue`. */
export interface PatchIssueOptions extends CallOptions {
    /** Known `ETag`: the change takes effect only while the issue is in that state. Leave it out for a change in any state; undefined is refused, as no state is known then. */
    ifMatch?: string;
    /** Makes retries safe: for 24 hours, the same key, issue and body get the first answer again. 1 to 255 visible ASCII characters, such
     * as a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** What may come with `changeIssues`. */
export interface ChangeIssuesOptions extends CallOptions {
    /** Makes retries safe: for 24 hours, the same key and body get the first answer. 1 to 255 visible ASCII characters, such as a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** What may come with `mergeIssue`. */
export interface MergeIssueOptions extends CallOptions {
    /** Known `ETag` of the issue that is merged: it is merged only while it is in that state. Leave it out for a change in any state; undefined is refused, as no state is known then. */
    ifMatch?: string;
    /** Makes retries safe: for 24 hours, the same key, issue and body get the first answer again. 1 to 255 visible ASCII characters, such
     * as a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** What may come with `listIssues`. */
export interface ListIssuesOptions extends CallOptions, IssueFilter {
    /** `createdAt`, `updatedAt`, `dueAt`, or one of them after `-`: latest first. Default: `-createdAt`. What is
     * never due comes last. */
    sort?: IssueSort | undefined;
    /** Page size, 1 to 200. Default: 50. */
    limit?: number | undefined;
    /** `nextCursor` of the previous page, same filters and sort; absent for the first. */
    cursor?: string | undefined;
    /** Adds the total of all pages. Default: `false`. */
    count?: boolean | undefined;
}

/** What may come with `getStatistics`. */
export interface GetStatisticsOptions extends CallOptions, IssueFilter {
    /** `channel`, `source`, `sku`, `picker`, `packer`, `palletter`, `issueType`, `status`,
     * `assignee`, `tag`, `priority`, `fault`, or `day`: the UTC day of the report; or two of them, with a comma
     * in between. */
    groupBy: GroupField | readonly GroupField[];
}

/** What may come with `exportIssues`. */
export interface ExportIssuesOptions extends CallOptions, IssueFilter {
    /** `csv`, `ndjson` or `xlsx`. */
    format: ExportFormat;
}

/** What may come with `listViews`. */
export interface ListViewsOptions extends CallOptions {
    /** Adds the number of issues of each view. Default: `false`. */
    count?: boolean | undefined;
}

/** What may come with `listEvents`. */
export interface ListEventsOptions extends CallOptions {
    /** Page size, 1 to 500. Default: 100. */
    limit?: number | undefined;
    /** Seconds, 0 to 30, to wait until there is an event. Default: 0. */
    wait?: number | undefined;
    /** Sequence of the last event that the caller knows. Default: events begin with the oldest there is. */
    after?: number | undefined;
    /** Kind of event; any of several. Default: all. */
    type?: IssueEventType | readonly IssueEventType[] | undefined;
    /** `epoch` of the log that the caller knows, if it does: another log fails with `events_expired`. */
    epoch?: string | undefined;
}

/** What may come with `streamEvents`. */
export interface StreamEventsOptions extends CallOptions {
    /** Sequence of the last event that the caller knows. Default: events begin with the oldest there is. */
    after?: number | undefined;
    /** Kind of event; any of several. Default: all. */
    type?: IssueEventType | readonly IssueEventType[] | undefined;
    /** `epoch` of the log that the caller knows, if it does: another log fails with `events_expired`. */
    epoch?: string | undefined;
    /** Sequence of the last event that the caller knows; counts before `after`. */
    lastEventId?: string | undefined;
}

/** What may come with `listWebhookDeliveries`. */
export interface ListWebhookDeliveriesOptions extends CallOptions {
    /** Only `pending`, `failed` or `delivered` ones. Default: all. */
    status?: DeliveryStatus | undefined;
    /** `nextCursor` of the previous page, same status; absent for the first. */
    cursor?: string | undefined;
}