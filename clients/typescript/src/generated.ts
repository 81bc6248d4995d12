// Made by NSwag from docs/openapi.json: ./generate writes it anew, and what is changed here is lost.
import type { CallOptions, Description, Result } from "./call.js";

/** What may come with `getTicket`. */
export interface GetTicketOptions extends CallOptions {
    /** The system that the ticket lives in: `freshdesk` (the default) or `tiktok`. */
    source?: string | undefined;
}

/** What may come with `createIssueFromTicket`. */
export interface CreateIssueFromTicketOptions extends CallOptions {
    /** Makes retries give the first answer again: for 24 hours, the same key with the same body is answered with that. 1 to 255 visible ASCII characters, such as
     * a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** What may come with `getStatistics`. */
export interface GetStatisticsOptions extends CallOptions {
    /** `status`, `channel`, `source`, `issueType`, `sku`, `picker`, `packer`, `palletter`, or `day`: the day,
     * in UTC, that the issue was reported on. */
    groupBy: string;
    /** The order. Of 1 to 128 characters; several: any of them. */
    OrderId?: string | readonly string[] | undefined;
    /** The issue's number. Of 1 to 20 characters; several: any of them. */
    issueId?: string | readonly string[] | undefined;
    /** The ticket in Freshdesk or TikTok. Of 1 to 128 characters; several: any of them. */
    ticketId?: string | readonly string[] | undefined;
    /** The status, in any case. Of 1 to 50 characters; several: any of them. */
    status?: string | readonly string[] | undefined;
    /** The channel, in any case. Of 1 to 100 characters; several: any of them. */
    channel?: string | readonly string[] | undefined;
    /** Where the complaint came from, in any case. Of 1 to 100 characters; several: any of them. */
    source?: string | readonly string[] | undefined;
    /** The kind of issue. Of 1 to 100 characters; several: any of them. */
    issueType?: string | readonly string[] | undefined;
    /** The SKU of any of the items. Of 1 to 100 characters; several: any of them. */
    sku?: string | readonly string[] | undefined;
    /** Any of the parcels' tracking numbers. Of 1 to 100 characters; several: any of them. */
    trackingNumber?: string | readonly string[] | undefined;
    /** Who picked the items. Of 1 to 200 characters; several: any of them. */
    picker?: string | readonly string[] | undefined;
    /** Who packed the parcel. Of 1 to 200 characters; several: any of them. */
    packer?: string | readonly string[] | undefined;
    /** Who put the parcel on the pallet. Of 1 to 200 characters; several: any of them. */
    palletter?: string | readonly string[] | undefined;
    /** The customer's e-mail address. Of 1 to 320 characters; several: any of them. */
    customerEmail?: string | readonly string[] | undefined;
    /** Who reported the issue. Of 1 to 200 characters; several: any of them. */
    createdBy?: string | readonly string[] | undefined;
    /** Reported at this time or later: ISO 8601 date and time, in UTC where no zone is named, or a date, which is its midnight; 2000 to 2100. */
    createdFrom?: string | undefined;
    /** Reported before this time, likewise. */
    createdTo?: string | undefined;
    /** Last changed at this time or later, likewise. */
    updatedFrom?: string | undefined;
    /** Last changed before this time, likewise. */
    updatedTo?: string | undefined;
    /** 3 to 100 characters that stand, in upper or lower case, in the issue's number, `OrderId`, `ticketId`, `customerName`,
     * `customerEmail`, a tracking number, a SKU, the notes or a message. No character stands for any other. */
    q?: string | undefined;
}

/** What may come with `exportIssues`. */
export interface ExportIssuesOptions extends CallOptions {
    /** `csv` or `ndjson`. */
    format: string;
    /** The order. Of 1 to 128 characters; several: any of them. */
    OrderId?: string | readonly string[] | undefined;
    /** The issue's number. Of 1 to 20 characters; several: any of them. */
    issueId?: string | readonly string[] | undefined;
    /** The ticket in Freshdesk or TikTok. Of 1 to 128 characters; several: any of them. */
    ticketId?: string | readonly string[] | undefined;
    /** The status, in any case. Of 1 to 50 characters; several: any of them. */
    status?: string | readonly string[] | undefined;
    /** The channel, in any case. Of 1 to 100 characters; several: any of them. */
    channel?: string | readonly string[] | undefined;
    /** Where the complaint came from, in any case. Of 1 to 100 characters; several: any of them. */
    source?: string | readonly string[] | undefined;
    /** The kind of issue. Of 1 to 100 characters; several: any of them. */
    issueType?: string | readonly string[] | undefined;
    /** The SKU of any of the items. Of 1 to 100 characters; several: any of them. */
    sku?: string | readonly string[] | undefined;
    /** Any of the parcels' tracking numbers. Of 1 to 100 characters; several: any of them. */
    trackingNumber?: string | readonly string[] | undefined;
    /** Who picked the items. Of 1 to 200 characters; several: any of them. */
    picker?: string | readonly string[] | undefined;
    /** Who packed the parcel. Of 1 to 200 characters; several: any of them. */
    packer?: string | readonly string[] | undefined;
    /** Who put the parcel on the pallet. Of 1 to 200 characters; several: any of them. */
    palletter?: string | readonly string[] | undefined;
    /** The customer's e-mail address. Of 1 to 320 characters; several: any of them. */
    customerEmail?: string | readonly string[] | undefined;
    /** Who reported the issue. Of 1 to 200 characters; several: any of them. */
    createdBy?: string | readonly string[] | undefined;
    /** Reported at this time or later: ISO 8601 date and time, in UTC where no zone is named, or a date, which is its midnight; 2000 to 2100. */
    createdFrom?: string | undefined;
    /** Reported before this time, likewise. */
    createdTo?: string | undefined;
    /** Last changed at this time or later, likewise. */
    updatedFrom?: string | undefined;
    /** Last changed before this time, likewise. */
    updatedTo?: string | undefined;
    /** 3 to 100 characters that stand, in upper or lower case, in the issue's number, `OrderId`, `ticketId`, `customerName`,
     * `customerEmail`, a tracking number, a SKU, the notes or a message. No character stands for any other. */
    q?: string | undefined;
}

/** What may come with `createIssue`. */
export interface CreateIssueOptions extends CallOptions {
    /** Makes retries safe: for 24 hours, the same key with the same body is answered with the first answer again. 1 to 255 visible ASCII characters, such as a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** What may come with `listIssues`. */
export interface ListIssuesOptions extends CallOptions {
    /** `createdAt`, `updatedAt`, `-createdAt` or `-updatedAt`; with `-`, the latest come first. Without it, `-createdAt`. */
    sort?: string | undefined;
    /** The most issues of the page, 1 to 200; without it, 50. */
    limit?: number | undefined;
    /** The `nextCursor` of the page before, with the same filters and sort; without it, the first page. */
    cursor?: string | undefined;
    /** `true`: tell also how many issues there are on all pages. Without it, `false`. */
    count?: boolean | undefined;
    /** The order. Of 1 to 128 characters; several: any of them. */
    OrderId?: string | readonly string[] | undefined;
    /** The issue's number. Of 1 to 20 characters; several: any of them. */
    issueId?: string | readonly string[] | undefined;
    /** The ticket in Freshdesk or TikTok. Of 1 to 128 characters; several: any of them. */
    ticketId?: string | readonly string[] | undefined;
    /** The status, in any case. Of 1 to 50 characters; several: any of them. */
    status?: string | readonly string[] | undefined;
    /** The channel, in any case. Of 1 to 100 characters; several: any of them. */
    channel?: string | readonly string[] | undefined;
    /** Where the complaint came from, in any case. Of 1 to 100 characters; several: any of them. */
    source?: string | readonly string[] | undefined;
    /** The kind of issue. Of 1 to 100 characters; several: any of them. */
    issueType?: string | readonly string[] | undefined;
    /** The SKU of any of the items. Of 1 to 100 characters; several: any of them. */
    sku?: string | readonly string[] | undefined;
    /** Any of the parcels' tracking numbers. Of 1 to 100 characters; several: any of them. */
    trackingNumber?: string | readonly string[] | undefined;
    /** Who picked the items. Of 1 to 200 characters; several: any of them. */
    picker?: string | readonly string[] | undefined;
    /** Who packed the parcel. Of 1 to 200 characters; several: any of them. */
    packer?: string | readonly string[] | undefined;
    /** Who put the parcel on the pallet. Of 1 to 200 characters; several: any of them. */
    palletter?: string | readonly string[] | undefined;
    /** The customer's e-mail address. Of 1 to 320 characters; several: any of them. */
    customerEmail?: string | readonly string[] | undefined;
    /** Who reported the issue. Of 1 to 200 characters; several: any of them. */
    createdBy?: string | readonly string[] | undefined;
    /** Reported at this time or later: ISO 8601 date and time, in UTC where no zone is named, or a date, which is its midnight; 2000 to 2100. */
    createdFrom?: string | undefined;
    /** Reported before this time, likewise. */
    createdTo?: string | undefined;
    /** Last changed at this time or later, likewise. */
    updatedFrom?: string | undefined;
    /** Last changed before this time, likewise. */
    updatedTo?: string | undefined;
    /** 3 to 100 characters that stand, in upper or lower case, in the issue's number, `OrderId`, `ticketId`, `customerName`,
     * `customerEmail`, a tracking number, a SKU, the notes or a message. No character stands for any other. */
    q?: string | undefined;
}

/** What may come with `getIssue`. */
export interface GetIssueOptions extends CallOptions {
    /** The `ETag` of the issue as it is known already: it isn't sent again while it is in that state. */
    ifNoneMatch?: string | undefined;
}

/** What may come with `patchIssue`. */
export interface PatchIssueOptions extends CallOptions {
    /** The `ETag` of the issue that the change was decided from: it takes effect only while the issue is in that state. */
    ifMatch?: string | undefined;
}

/** What may come with `updateStatus`. */
export interface UpdateStatusOptions extends CallOptions {
    /** Which issue of the order; without it, the newest. */
    issueId?: string | undefined;
    /** The `ETag` of the issue that the change was decided from: it takes effect only while the issue is in that state. */
    ifMatch?: string | undefined;
}

/** What may come with `addDiscussion`. */
export interface AddDiscussionOptions extends CallOptions {
    /** Which issue of the order; without it, the newest. */
    issueId?: string | undefined;
    /** The `ETag` of the issue that the change was decided from: it takes effect only while the issue is in that state. */
    ifMatch?: string | undefined;
    /** Makes retries safe: for 24 hours, the same key with the same body and `issueId` for the same order is answered with the first answer again. 1 to 255
     * visible ASCII characters, such as a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** The operations of the service. Whoever derives from it sends them. */
export abstract class Operations {
    /** Sends a request, and reads the answer. */
    protected abstract send<T>(request: Description, options: CallOptions): Promise<Result<T>>;

    /** Likewise; undefined where the answer is that nothing has changed (304). */
    protected abstract sendIfChanged<T>(request: Description, options: CallOptions): Promise<Result<T> | undefined>;

    /** Sends a request that is answered with a file. */
    protected abstract download(request: Description, options: CallOptions): Promise<Response>;

    /**
     * Looks a ticket up.
     *
     * An answer may be up to 30 seconds old; up to 10 minutes while the system takes no calls.
     * @param ticketId The ticket's id: in Freshdesk 1 to 19 digits; in TikTok Shop the digits of a return, refund or cancellation, or `conversation:` or `order:` and its id.
     * @returns The ticket.
     */
    getTicket(ticketId: string, options: GetTicketOptions = {}): Promise<Result<TicketResponse>> {
        return this.send<TicketResponse>({
            method: "GET",
            path: "/api/issue-ticket/{ticketId}",
            segments: { "ticketId": ticketId, },
            query: { "source": options.source, },
            headers: { },
        }, options);
    }

    /**
     * Reports the issue that a ticket tells of, unless there is one of that ticket already.
     *
     * Looks the ticket up, takes from it what the request leaves out of `OrderId`, `customerName`, `customerEmail`, `customerReachedAt` and
     * `notes` (its subject), and creates the issue. However often and by however many it is asked for at the same time, a ticket gets one issue.
     * @param body The ticket, and what is known about the issue.
     * @returns The newest issue of the ticket, which was there already, as it is. Or: The new issue, with the number that the service gave it.
     */
    createIssueFromTicket(body: CreateIssueFromTicketRequest, options: CreateIssueFromTicketOptions = {}): Promise<Result<IssueResponse>> {
        return this.send<IssueResponse>({
            method: "POST",
            path: "/api/order-issue/from-ticket",
            segments: { },
            query: { },
            headers: { "Idempotency-Key": options.idempotencyKey, },
            body,
        }, options);
    }

    /**
     * Counts issues by the values of a field.
     *
     * For example by `sku`, which tells what breaks, or by `packer`, which tells whose parcels go wrong. The filters are those of the list.
     * @returns The statistics.
     */
    getStatistics(options: GetStatisticsOptions): Promise<Result<StatisticsResponse>> {
        return this.send<StatisticsResponse>({
            method: "GET",
            path: "/api/order-issue/stats",
            segments: { },
            query: { "groupBy": options.groupBy, "OrderId": options.OrderId, "issueId": options.issueId, "ticketId": options.ticketId, "status": options.status, "channel": options.channel, "source": options.source, "issueType": options.issueType, "sku": options.sku, "trackingNumber": options.trackingNumber, "picker": options.picker, "packer": options.packer, "palletter": options.palletter, "customerEmail": options.customerEmail, "createdBy": options.createdBy, "createdFrom": options.createdFrom, "createdTo": options.createdTo, "updatedFrom": options.updatedFrom, "updatedTo": options.updatedTo, "q": options.q, },
            headers: { },
        }, options);
    }

    /**
     * Exports issues as a file, the latest first.
     *
     * As CSV (RFC 4180, UTF-8, with a header row): a column for each field of an issue, times as everywhere else; in `items`
     * `SKU x quantity`, several with `; ` between them, as tracking numbers have; in `discussion` a line for each message, `time name: message`.
     * A cell that starts with `=`, `+`, `-`, `@`, a tab or a carriage return has a `'` before it, so that no spreadsheet takes it for a formula.
     * As NDJSON: an issue a line, as it is read one by one. Issues that are reported after the start aren't in the file. When the service
     * fails on the way, the connection breaks before the body's end.
     * @returns The file.
     */
    exportIssues(options: ExportIssuesOptions): Promise<Response> {
        return this.download({
            method: "GET",
            path: "/api/order-issue/export",
            segments: { },
            query: { "format": options.format, "OrderId": options.OrderId, "issueId": options.issueId, "ticketId": options.ticketId, "status": options.status, "channel": options.channel, "source": options.source, "issueType": options.issueType, "sku": options.sku, "trackingNumber": options.trackingNumber, "picker": options.picker, "packer": options.packer, "palletter": options.palletter, "customerEmail": options.customerEmail, "createdBy": options.createdBy, "createdFrom": options.createdFrom, "createdTo": options.createdTo, "updatedFrom": options.updatedFrom, "updatedTo": options.updatedTo, "q": options.q, },
            headers: { },
        }, options);
    }

    /**
     * Reports an issue with an order.
     *
     * Whoever sends the same body twice makes two issues, unless both requests have the same `Idempotency-Key`.
     * @param body The issue.
     * @returns The new issue, with the number that the service gave it.
     */
    createIssue(body: CreateIssueRequest, options: CreateIssueOptions = {}): Promise<Result<IssueResponse>> {
        return this.send<IssueResponse>({
            method: "POST",
            path: "/api/order-issue/create",
            segments: { },
            query: { },
            headers: { "Idempotency-Key": options.idempotencyKey, },
            body,
        }, options);
    }

    /**
     * Lists issues, a page at a time.
     *
     * An issue is listed when it meets all filters that are there. Whoever goes on with each page's `nextCursor` meets every issue that was there
     * at the start once, also while others report issues or change them, as long as it is sorted by `createdAt`.
     * @returns The page.
     */
    listIssues(options: ListIssuesOptions = {}): Promise<Result<IssueListResponse>> {
        return this.send<IssueListResponse>({
            method: "GET",
            path: "/api/order-issue",
            segments: { },
            query: { "sort": options.sort, "limit": options.limit, "cursor": options.cursor, "count": options.count, "OrderId": options.OrderId, "issueId": options.issueId, "ticketId": options.ticketId, "status": options.status, "channel": options.channel, "source": options.source, "issueType": options.issueType, "sku": options.sku, "trackingNumber": options.trackingNumber, "picker": options.picker, "packer": options.packer, "palletter": options.palletter, "customerEmail": options.customerEmail, "createdBy": options.createdBy, "createdFrom": options.createdFrom, "createdTo": options.createdTo, "updatedFrom": options.updatedFrom, "updatedTo": options.updatedTo, "q": options.q, },
            headers: { },
        }, options);
    }

    /**
     * Reads an issue by its number.
     *
     * The `ETag` that comes with it is what a change may name in `If-Match`.
     * @param issueId The issue's number: decimal digits.
     * @returns The issue.
     */
    getIssue(issueId: string, options?: GetIssueOptions & { ifNoneMatch?: undefined }): Promise<Result<IssueResponse>>;
    /** Likewise; undefined where the issue is still in the state that `ifNoneMatch` names. */
    getIssue(issueId: string, options: GetIssueOptions): Promise<Result<IssueResponse> | undefined>;
    getIssue(issueId: string, options: GetIssueOptions = {}): Promise<Result<IssueResponse> | undefined> {
        return this.sendIfChanged<IssueResponse>({
            method: "GET",
            path: "/api/order-issue/{issueId}",
            segments: { "issueId": issueId, },
            query: { },
            headers: { "If-None-Match": options.ifNoneMatch, },
        }, options);
    }

    /**
     * Gives fields of an issue other values.
     *
     * A patch that changes nothing leaves no trace; any other takes effect whole and is an entry of the history.
     * @param issueId The issue's number: decimal digits.
     * @param body The fields.
     * @returns The whole issue after the change.
     */
    patchIssue(issueId: string, body: PatchIssueRequest, options: PatchIssueOptions = {}): Promise<Result<IssueResponse>> {
        return this.send<IssueResponse>({
            method: "PATCH",
            path: "/api/order-issue/{issueId}",
            segments: { "issueId": issueId, },
            query: { },
            headers: { "If-Match": options.ifMatch, },
            body,
        }, options);
    }

    /**
     * Tells what happened to an issue.
     *
     * The first entry is the issue's creation, and each change adds one. What another program did on the same store isn't in it.
     * @param issueId The issue's number: decimal digits.
     * @returns The history, oldest first.
     */
    getHistory(issueId: string, options: CallOptions = {}): Promise<Result<HistoryResponse>> {
        return this.send<HistoryResponse>({
            method: "GET",
            path: "/api/order-issue/{issueId}/history",
            segments: { "issueId": issueId, },
            query: { },
            headers: { },
        }, options);
    }

    /**
     * Changes the status of an order's newest issue, or of the one that `issueId` names.
     *
     * Becoming `done`, or another status that the service is set up to count as resolved, sets `issueResolvedAt`; repeating it
     * doesn't move that date; leaving it removes the date.
     * @param orderId The order. In a URL it is one path segment, percent-encoded once (`A/B` is `A%2FB`).
     * @param body The status.
     * @returns The whole issue after the change.
     */
    updateStatus(orderId: string, body: UpdateStatusRequest, options: UpdateStatusOptions = {}): Promise<Result<IssueResponse>> {
        return this.send<IssueResponse>({
            method: "PUT",
            path: "/api/order-issue/update/{OrderId}",
            segments: { "OrderId": orderId, },
            query: { "issueId": options.issueId, },
            headers: { "If-Match": options.ifMatch, },
            body,
        }, options);
    }

    /**
     * Adds a message to the discussion of an order's newest issue, or of the one that `issueId` names.
     *
     * The service dates the message. A discussion holds at most 5,000 messages.
     * @param orderId The order. In a URL it is one path segment, percent-encoded once (`A/B` is `A%2FB`).
     * @param body The message.
     * @returns The whole issue after the change.
     */
    addDiscussion(orderId: string, body: AddDiscussionRequest, options: AddDiscussionOptions = {}): Promise<Result<IssueResponse>> {
        return this.send<IssueResponse>({
            method: "PUT",
            path: "/api/order-issue/discussion/{OrderId}",
            segments: { "OrderId": orderId, },
            query: { "issueId": options.issueId, },
            headers: { "If-Match": options.ifMatch, "Idempotency-Key": options.idempotencyKey, },
            body,
        }, options);
    }
}
/** A ticket. */
export interface TicketResponse {
    /** Always true. */
    ok: boolean;
    /** The ticket. */
    data: Ticket;
}

/** A customer's ticket, as the system that it lives in tells of it. What isn't known is left out; times are in UTC with milliseconds. */
export interface Ticket {
    /** The ticket's id. */
    ticketId: string;
    /** What the ticket is about, in its own words; of TikTok Shop, which has none, what it is, its order, and what the customer said. */
    subject?: string;
    /** The product, as Freshdesk numbers it. */
    product_id?: number;
    /** The ticket's id as a number; Freshdesk's only. */
    id?: number;
    /** The ticket's status as a number; Freshdesk's only. */
    status?: number;
    /** The ticket's status in words; Freshdesk's 2 to 5 are `opening`, `pending`, `resolved`, `closed`, custom ones have their label; TikTok Shop's are its own in small letters. */
    statusText?: string;
    /** When the ticket was opened. */
    created_at?: string;
    /** When the ticket last changed. */
    updated_at?: string;
    /** The ticket's type. */
    type?: string;
    /** How urgent it is; in Freshdesk from 1, low, to 4, urgent. */
    priority?: number;
    /** The ticket's tags. */
    tags?: string[];
    /** The customer's name. */
    requesterName?: string;
    /** The customer's e-mail address. */
    requesterEmail?: string;
    /** The order that the ticket is about. */
    OrderId?: string;
}

/** Why a request failed (RFC 9457). */
export interface Problem {
    /** Always false, as callers of the service before this one expect. */
    ok: boolean;
    /** The kind of problem, as a URI that only names it: `urn:problem-type:order-issue:` and the code. */
    type: string;
    /** The kind of problem, for people. */
    title: string;
    /** The HTTP status. */
    status: number;
    /** What went wrong this time, for people. */
    detail: string;
    /** The kind of problem, for programs. It stays the same from version to version. */
    code: ProblemCode;
    /** Messages for each field that something is wrong with, by its JSON name (`items[0].qty`). */
    errors?: { [key: string]: string[]; };
    /** What the service's log calls this request. */
    traceId: string;
}

/** An issue. */
export interface IssueResponse {
    /** Always true. */
    ok: boolean;
    /** The issue. */
    data: OrderIssue;
}

/** Something that went wrong with an order. What isn't known is left out; times are in UTC with milliseconds. */
export interface OrderIssue {
    /** The issue's id in the store: 24 hexadecimal digits. */
    _id: string;
    /** The number that people know the issue by: decimal digits. */
    issueId?: string;
    /** The order that something is wrong with. */
    OrderId: string;
    /** The ticket's id in Freshdesk or TikTok. */
    ticketId?: string;
    /** `freshdesk`, `tiktok`, `email` or `other`. */
    channel?: string;
    /** The channel, or a more specific name that starts with it. */
    source?: string;
    /** The items of the order that the issue is about. */
    items: IssueItem[];
    /** The parcels' tracking numbers. */
    trackingNumber: string[];
    /** Who picked the items. */
    picker?: string;
    /** Who packed the parcel. */
    packer?: string;
    /** Who put the parcel on the pallet. */
    palletter?: string;
    /** The customer's name. */
    customerName?: string;
    /** The customer's e-mail address. */
    customerEmail?: string;
    /** What kind of issue it is. */
    issueType?: string;
    /** `open`, `pending`, `done` or another, in lower case. */
    status?: string;
    /** When the customer first reached out. */
    customerReachedAt?: string;
    /** When the order was shipped. */
    shipped_at?: string;
    /** Free text. */
    notes?: string;
    /** What was said about the issue, oldest first. */
    discussion: DiscussionMessage[];
    /** Who reported the issue. */
    createdBy?: string;
    /** When the issue became resolved; left out while it isn't. */
    issueResolvedAt?: string;
    /** When the issue was reported. */
    createdAt?: string;
    /** When the issue last changed. */
    updatedAt?: string;
    /** 0 for a new issue, one more with each change. */
    __v: number;
}

/** An item that the issue is about. */
export interface IssueItem {
    /** The stock keeping unit. */
    sku: string;
    /** How many of them. */
    qty: number;
}

/** What somebody said about an issue. */
export interface DiscussionMessage {
    /** Who said it. */
    userName: string;
    /** What was said. */
    message: string;
    /** When it was said. */
    created_at: string;
}

/** The issue that a ticket tells of: what kind of issue it is, and what the ticket doesn't tell, or tells wrong. Texts are trimmed and stored in Unicode Normalization Form C; control characters are refused. Keys that aren't listed here are ignored. */
export interface CreateIssueFromTicketRequest {
    /** One of `freshdesk`, `tiktok`, `email`, `other`; without it, the one that the source starts with. */
    channel?: string;
    /** What kind of issue it is. */
    issueType: string;
    /** `open`, `pending`, `done`, or another of letters, digits, spaces, `_` and `-`, unless the service is set up
with a list of its own; without it, `open`. In any case; stored in lower case. */
    status?: string;
    /** The items of the order that the issue is about. */
    items?: CreateIssueItemRequest[];
    /** The parcels' tracking numbers, of 1 to 100 characters each. One alone may come as a bare string. */
    trackingNumber?: string[];
    /** Who picked the items. */
    picker?: string;
    /** Who packed the parcel. */
    packer?: string;
    /** Who put the parcel on the pallet. */
    palletter?: string;
    /** The customer's name. */
    customerName?: string;
    /** The customer's e-mail address. */
    customerEmail?: string;
    /** When the customer first reached out: ISO 8601 date and time, in UTC where no zone is named, or a date, which is its midnight; 2000 to 2100. */
    customerReachedAt?: string;
    /** When the order was shipped: ISO 8601 date and time, in UTC where no zone is named, or a date, which is its midnight; 2000 to 2100. */
    shipped_at?: string;
    /** Free text, of several lines if need be. */
    notes?: string;
    /** Who reports the issue. */
    createdBy?: string;
    /** The ticket's id in Freshdesk or TikTok. A number stands for its digits. */
    ticketId: string;
    /** The system that the ticket lives in: `freshdesk`, `tiktok`, or a more specific name that starts with one of them and `-`, such as
`freshdesk-us`. In any case; stored in lower case. */
    source: string;
    /** The order that something is wrong with; without it, the one that the ticket names. */
    OrderId?: string;
}

/** An item that the issue is about. */
export interface CreateIssueItemRequest {
    /** The stock keeping unit. */
    sku: string;
    /** How many of them. A numeric string is taken as a number. */
    qty: number;
}

/** Statistics of issues. */
export interface StatisticsResponse {
    /** Always true. */
    ok: boolean;
    /** The statistics. */
    data: IssueStatistics;
}

/** Issues, counted by the values of a field. */
export interface IssueStatistics {
    /** What they are grouped by. */
    groupBy: string;
    /** How many issues there are, each counted once. */
    issues: number;
    /** The sum of the quantities of all their items. */
    units: number;
    /** The groups, those with the most issues first. Values that differ only in case or in blanks around them are one. */
    groups: IssueGroup[];
}

/** Issues that have the same value. */
export interface IssueGroup {
    /** The value, as it is written most often; left out for the issues that have none. */
    key?: string;
    /** How many issues have it. An issue counts once in each group that it is in. */
    issues: number;
    /** The sum of the quantities of their items; by `sku`, of those with this SKU. */
    units: number;
    /** How many of the issues aren't resolved. */
    open: number;
    /** How many hours it took, on average, from the report to the resolution of those that are resolved; left out where none is. */
    avgHoursToResolve?: number;
}

/** A new issue. Texts are trimmed and stored in Unicode Normalization Form C; control characters are refused. Keys that aren't listed here are ignored. */
export interface CreateIssueRequest {
    /** One of `freshdesk`, `tiktok`, `email`, `other`; without it, the one that the source starts with. */
    channel?: string;
    /** What kind of issue it is. */
    issueType: string;
    /** `open`, `pending`, `done`, or another of letters, digits, spaces, `_` and `-`, unless the service is set up
with a list of its own; without it, `open`. In any case; stored in lower case. */
    status?: string;
    /** The items of the order that the issue is about. */
    items?: CreateIssueItemRequest[];
    /** The parcels' tracking numbers, of 1 to 100 characters each. One alone may come as a bare string. */
    trackingNumber?: string[];
    /** Who picked the items. */
    picker?: string;
    /** Who packed the parcel. */
    packer?: string;
    /** Who put the parcel on the pallet. */
    palletter?: string;
    /** The customer's name. */
    customerName?: string;
    /** The customer's e-mail address. */
    customerEmail?: string;
    /** When the customer first reached out: ISO 8601 date and time, in UTC where no zone is named, or a date, which is its midnight; 2000 to 2100. */
    customerReachedAt?: string;
    /** When the order was shipped: ISO 8601 date and time, in UTC where no zone is named, or a date, which is its midnight; 2000 to 2100. */
    shipped_at?: string;
    /** Free text, of several lines if need be. */
    notes?: string;
    /** Who reports the issue. */
    createdBy?: string;
    /** The order that something is wrong with. */
    OrderId: string;
    /** Where the complaint came from: `freshdesk`, `tiktok`, `email`, `other`, or a more specific name that starts with
one of them and `-`, such as `freshdesk-us`. In any case; stored in lower case. */
    source: string;
    /** The ticket's id in Freshdesk or TikTok; required when source or channel is one of these. A number stands for its digits. */
    ticketId?: string;
}

/** A page of issues. */
export interface IssueListResponse {
    /** Always true. */
    ok: boolean;
    /** The issues, in the order that was asked for. */
    data: OrderIssue[];
    /** Which page it is. */
    page: Page;
}

/** A page of a list. */
export interface Page {
    /** The most issues that it might have had. It has fewer where it is the last one, or gets larger than 4 MiB. */
    limit: number;
    /** What the next page is asked for with, as `cursor`; not there on the last page. */
    nextCursor?: string;
    /** How many issues there are on all pages, if that was asked for. */
    total?: number;
}

/** The history of an issue. */
export interface HistoryResponse {
    /** Always true. */
    ok: boolean;
    /** What happened, oldest first. */
    data: HistoryEntry[];
}

/** Something that happened to an issue. */
export interface HistoryEntry {
    /** When it happened, in UTC. */
    at: string;
    /** Who did it, as the request claimed: its `by`, `username` or `createdBy`. */
    by?: string;
    /** Who did it, as the service knows it: the name of the API key, or the subject of the token, that the request came with. */
    caller?: string;
    /** What it was: `created`, `statusChanged`, `edited` (a patch, of the status too) or `messageAdded`. */
    action: string;
    /** The fields that became others; of a message only that the `discussion` has one more, which has the same time and name. */
    changes: FieldChange[];
}

/** A field of an issue that became another. A value that wasn't there, or is no longer, is left out. */
export interface FieldChange {
    /** The field. */
    field: string;
    /** Its value before, as the issue had it. */
    from?: any;
    /** Its value after. */
    to?: any;
}

/** Other values for fields of an issue (a merge patch, RFC 7396). What isn't in it stays; null removes a value. Texts are trimmed and stored in Unicode Normalization Form C; control characters are refused. Any other key is refused. */
export interface PatchIssueRequest {
    /** The ticket's id in Freshdesk or TikTok; can't be removed when source or channel is one of these. A number stands for its digits. */
    ticketId?: string | null;
    /** All items of the order that the issue is about; null: none. */
    items?: CreateIssueItemRequest[] | null;
    /** All of the parcels' tracking numbers, of 1 to 100 characters each; null: none. One alone may come as a bare string. */
    trackingNumber?: string[] | null;
    /** Who picked the items. */
    picker?: string | null;
    /** Who packed the parcel. */
    packer?: string | null;
    /** Who put the parcel on the pallet. */
    palletter?: string | null;
    /** The customer's name. */
    customerName?: string | null;
    /** The customer's e-mail address. */
    customerEmail?: string | null;
    /** What kind of issue it is; can't be removed. */
    issueType?: string;
    /** As for `update`, and with the same effect on `issueResolvedAt`; null: `open`, which an issue is that nobody says otherwise of. */
    status?: string | null;
    /** When the customer first reached out: ISO 8601 date and time, in UTC where no zone is named, or a date, which is its midnight; 2000 to 2100. */
    customerReachedAt?: string | null;
    /** When the order was shipped, likewise. */
    shipped_at?: string | null;
    /** Free text of any number of lines. */
    notes?: string | null;
}

/** Another status for an issue. */
export interface UpdateStatusRequest {
    /** `open`, `pending`, `done`, or another of letters, digits, spaces, `_` and `-`, unless the service is set up
with a list of its own. In any case; stored in lower case. */
    status: string;
    /** Who does it, for the history. */
    by?: string;
}

/** A message for the discussion of an issue. */
export interface AddDiscussionRequest {
    /** Who says it. May come as `userName` instead. */
    username: string;
    /** What `username` may come as instead. */
    userName?: string;
    /** What is said, in several lines if need be. */
    message: string;
}

export type ProblemCode = "malformed_body" | "validation_failed" | "unauthorized" | "forbidden" | "issue_not_found" | "ticket_not_found" | "route_not_found" | "method_not_allowed" | "conflict" | "precondition_failed" | "payload_too_large" | "unsupported_media_type" | "idempotency_mismatch" | "issue_full" | "rate_limited" | "internal_error" | "ticket_source_failed" | "ticket_source_not_configured" | "ticket_source_unavailable" | "ticket_source_timeout" | "store_unavailable" | "query_timeout" | "overloaded";