// Made by NSwag from docs/openapi.json: ./generate writes it anew, and what is changed here is lost.
import type { CallOptions, Description, Result } from "./call.js";

/** What may come with `getTicket`. */
export interface GetTicketOptions extends CallOptions {
    /** System that keeps the ticket: `freshdesk` (the default) or `tiktok`. */
    source?: string | undefined;
}

/** What may come with `createIssueFromTicket`. */
export interface CreateIssueFromTicketOptions extends CallOptions {
    /** Makes retries give the first answer again: for 24 hours, the same key with the same body is answered with that. 1 to 255 visible
     * ASCII characters, such as a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** What may come with `getStatistics`. */
export interface GetStatisticsOptions extends CallOptions {
    /** `channel`, `source`, `sku`, `picker`, `packer`, `palletter`, `issueType`, `status`, or
     * `day`: the UTC day of the report. */
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
    /** Source of the complaint, in any case. Of 1 to 100 characters; several: any of them. */
    source?: string | readonly string[] | undefined;
    /** The kind of issue. Of 1 to 100 characters; several: any of them. */
    issueType?: string | readonly string[] | undefined;
    /** The SKU of any of the items. Of 1 to 100 characters; several: any of them. */
    sku?: string | readonly string[] | undefined;
    /** Any of the parcels' tracking numbers. Of 1 to 100 characters; several: any of them. */
    trackingNumber?: string | readonly string[] | undefined;
    /** Person who picked the items. Of 1 to 200 characters; several: any of them. */
    picker?: string | readonly string[] | undefined;
    /** Person who packed the parcel. Of 1 to 200 characters; several: any of them. */
    packer?: string | readonly string[] | undefined;
    /** Person who put the parcel on the pallet. Of 1 to 200 characters; several: any of them. */
    palletter?: string | readonly string[] | undefined;
    /** The customer's e-mail address. Of 1 to 320 characters; several: any of them. */
    customerEmail?: string | readonly string[] | undefined;
    /** Person who reported the issue. Of 1 to 200 characters; several: any of them. */
    createdBy?: string | readonly string[] | undefined;
    /** Reported at this time or later: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    createdFrom?: string | undefined;
    /** Reported before this time, in the same forms. */
    createdTo?: string | undefined;
    /** Last changed at this time or later, in the same forms. */
    updatedFrom?: string | undefined;
    /** Last changed before this time, in the same forms. */
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
    /** Source of the complaint, in any case. Of 1 to 100 characters; several: any of them. */
    source?: string | readonly string[] | undefined;
    /** The kind of issue. Of 1 to 100 characters; several: any of them. */
    issueType?: string | readonly string[] | undefined;
    /** The SKU of any of the items. Of 1 to 100 characters; several: any of them. */
    sku?: string | readonly string[] | undefined;
    /** Any of the parcels' tracking numbers. Of 1 to 100 characters; several: any of them. */
    trackingNumber?: string | readonly string[] | undefined;
    /** Person who picked the items. Of 1 to 200 characters; several: any of them. */
    picker?: string | readonly string[] | undefined;
    /** Person who packed the parcel. Of 1 to 200 characters; several: any of them. */
    packer?: string | readonly string[] | undefined;
    /** Person who put the parcel on the pallet. Of 1 to 200 characters; several: any of them. */
    palletter?: string | readonly string[] | undefined;
    /** The customer's e-mail address. Of 1 to 320 characters; several: any of them. */
    customerEmail?: string | readonly string[] | undefined;
    /** Person who reported the issue. Of 1 to 200 characters; several: any of them. */
    createdBy?: string | readonly string[] | undefined;
    /** Reported at this time or later: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    createdFrom?: string | undefined;
    /** Reported before this time, in the same forms. */
    createdTo?: string | undefined;
    /** Last changed at this time or later, in the same forms. */
    updatedFrom?: string | undefined;
    /** Last changed before this time, in the same forms. */
    updatedTo?: string | undefined;
    /** 3 to 100 characters that stand, in upper or lower case, in the issue's number, `OrderId`, `ticketId`, `customerName`,
     * `customerEmail`, a tracking number, a SKU, the notes or a message. No character stands for any other. */
    q?: string | undefined;
}

/** What may come with `createIssue`. */
export interface CreateIssueOptions extends CallOptions {
    /** Makes retries safe: for 24 hours, the same key with the same body is answered with the first answer again. 1 to 255 visible ASCII
     * characters, such as a UUID. Without one, each call has a new key. */
    idempotencyKey?: string | undefined;
}

/** What may come with `listIssues`. */
export interface ListIssuesOptions extends CallOptions {
    /** `createdAt`, `updatedAt`, `-createdAt` (the default) or `-updatedAt`; with `-`, the latest come first. */
    sort?: string | undefined;
    /** The most issues of the page, 1 to 200; without it, 50. */
    limit?: number | undefined;
    /** The `nextCursor` of the page before, for the same filters and sort; absent for the first page. */
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
    /** Source of the complaint, in any case. Of 1 to 100 characters; several: any of them. */
    source?: string | readonly string[] | undefined;
    /** The kind of issue. Of 1 to 100 characters; several: any of them. */
    issueType?: string | readonly string[] | undefined;
    /** The SKU of any of the items. Of 1 to 100 characters; several: any of them. */
    sku?: string | readonly string[] | undefined;
    /** Any of the parcels' tracking numbers. Of 1 to 100 characters; several: any of them. */
    trackingNumber?: string | readonly string[] | undefined;
    /** Person who picked the items. Of 1 to 200 characters; several: any of them. */
    picker?: string | readonly string[] | undefined;
    /** Person who packed the parcel. Of 1 to 200 characters; several: any of them. */
    packer?: string | readonly string[] | undefined;
    /** Person who put the parcel on the pallet. Of 1 to 200 characters; several: any of them. */
    palletter?: string | readonly string[] | undefined;
    /** The customer's e-mail address. Of 1 to 320 characters; several: any of them. */
    customerEmail?: string | readonly string[] | undefined;
    /** Person who reported the issue. Of 1 to 200 characters; several: any of them. */
    createdBy?: string | readonly string[] | undefined;
    /** Reported at this time or later: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    createdFrom?: string | undefined;
    /** Reported before this time, in the same forms. */
    createdTo?: string | undefined;
    /** Last changed at this time or later, in the same forms. */
    updatedFrom?: string | undefined;
    /** Last changed before this time, in the same forms. */
    updatedTo?: string | undefined;
    /** 3 to 100 characters that stand, in upper or lower case, in the issue's number, `OrderId`, `ticketId`, `customerName`,
     * `customerEmail`, a tracking number, a SKU, the notes or a message. No character stands for any other. */
    q?: string | undefined;
}

/** What may come with `getIssue`. */
export interface GetIssueOptions extends CallOptions {
    /** The `ETag` of the known state: while the issue is in it, it isn't sent again. */
    ifNoneMatch?: string | undefined;
}

/** What may come with `patchIssue`. */
export interface PatchIssueOptions extends CallOptions {
    /** The `ETag` that the change was decided from: it takes effect only while the issue is in that state. */
    ifMatch?: string | undefined;
}

/** What may come with `updateStatus`. */
export interface UpdateStatusOptions extends CallOptions {
    /** The number of the issue; without it, the order's newest. */
    issueId?: string | undefined;
    /** The `ETag` that the change was decided from: it takes effect only while the issue is in that state. */
    ifMatch?: string | undefined;
}

/** What may come with `addDiscussion`. */
export interface AddDiscussionOptions extends CallOptions {
    /** The number of the issue; without it, the order's newest. */
    issueId?: string | undefined;
    /** The `ETag` that the change was decided from: it takes effect only while the issue is in that state. */
    ifMatch?: string | undefined;
    /** Makes retries safe: for 24 hours, the same key with the same body and `issueId` for the same order is answered with the first
     * answer again. 1 to 255 visible ASCII characters, such as a UUID. Without one, each call has a new key. */
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
     * Answers may be up to 30 seconds old; up to 10 minutes while the system takes no calls.
     * @param ticketId The ticket's id: in Freshdesk 1 to 19 digits; in TikTok Shop the digits of a return, refund or cancellation, or `conversation:`
or `order:` and its id.
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
     * Reports the issue of a ticket, unless the ticket has one already.
     *
     * Looks the ticket up, fills in `OrderId`, `customerName`, `customerEmail`, `customerReachedAt` and `notes`
     * (the subject) where the request leaves them out, and creates the issue. A ticket gets one issue, however many callers ask at the
     * same time.
     * @param body The ticket, and details of the issue.
     * @returns The ticket\'s newest issue, which was there already, as it is. Or: The new issue, with the number that the service gave it.
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
     * Counts by `sku`, for example, tell what breaks; counts by `packer` whose parcels go wrong. The filters are those of the
     * list.
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
     * CSV (RFC 4180, UTF-8, with a header row) has a column for each field of an issue. `items` has `SKU x quantity`, several
     * with `; ` between them, as tracking numbers have; `discussion` has a line for each message, `time name: message`. A
     * cell that starts with `=`, `+`, `-`, `@`, a tab or a carriage return has a `'` before it, so that no
     * spreadsheet takes it for a formula. NDJSON has an issue a line, in the JSON of a single issue. Issues reported after the start
     * aren't in the file. When the service fails on the way, the connection breaks before the body's end.
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
     * Sending the same body twice makes two issues, unless both requests have the same `Idempotency-Key`.
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
     * An issue is listed when it meets all filters. Paging on with each page's `nextCursor` meets every issue that was there at the
     * start once, also while others report and change issues, as long as the list is sorted by `createdAt`.
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
     * The first entry is the issue's creation, and each change adds one. Changes by other programs on the same store aren't in it.
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
     * Becoming `done`, or another status that counts as resolved, sets `issueResolvedAt`. Repeating it keeps that date; leaving
     * it removes the date.
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
    /** The requested data. */
    data: Ticket;
}

/** Ticket of a customer. Unknown values are left out; times are in UTC with milliseconds. */
export interface Ticket {
    /** The ticket's id. */
    ticketId: string;
    /** Subject of the ticket. TikTok Shop has none: its kind, its order, and the customer's words. */
    subject?: string;
    /** The product, as Freshdesk numbers it. */
    product_id?: number;
    /** The ticket's id as a number; Freshdesk's only. */
    id?: number;
    /** The ticket's status as a number; Freshdesk's only. */
    status?: number;
    /** Status in words. Freshdesk's 2 to 5 are `opening`, `pending`, `resolved`, `closed`, custom ones have their
label; TikTok Shop's are its own in small letters. */
    statusText?: string;
    /** Time when the ticket was opened. */
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
    /** Reason this time, for people. */
    detail: string;
    /** The kind of problem, for programs. It stays the same from version to version. */
    code: ProblemCode;
    /** Messages for each field that something is wrong with, by its JSON name (`items[0].qty`). */
    errors?: { [key: string]: string[]; };
    /** Id of the request in the service's log. */
    traceId: string;
}

/** An issue. */
export interface IssueResponse {
    /** Always true. */
    ok: boolean;
    /** The requested data. */
    data: OrderIssue;
}

/** Issue with an order. Unknown values are left out; times are in UTC with milliseconds. */
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
    /** Person who picked the items. */
    picker?: string;
    /** Person who packed the parcel. */
    packer?: string;
    /** Person who put the parcel on the pallet. */
    palletter?: string;
    /** The customer's name. */
    customerName?: string;
    /** The customer's e-mail address. */
    customerEmail?: string;
    /** Kind of issue. */
    issueType?: string;
    /** `open`, `pending`, `done` or another, in lower case. */
    status?: string;
    /** Time when the customer first reached out. */
    customerReachedAt?: string;
    /** Time when the order was shipped. */
    shipped_at?: string;
    /** Free text. */
    notes?: string;
    /** Messages about the issue, oldest first. */
    discussion: DiscussionMessage[];
    /** Person who reported the issue. */
    createdBy?: string;
    /** Time when the issue became resolved; left out while it isn't. */
    issueResolvedAt?: string;
    /** Time when the issue was reported. */
    createdAt?: string;
    /** Time of the last change. */
    updatedAt?: string;
    /** 0 for a new issue, one more with each change. */
    __v: number;
}

/** An item that the issue is about. */
export interface IssueItem {
    /** The stock keeping unit. */
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
}

/** Issue of a ticket: its type, and values that the ticket lacks or has wrong. Texts are trimmed and stored in Unicode Normalization Form C; control characters are refused. Unknown keys are ignored. */
export interface CreateIssueFromTicketRequest {
    /** Channel: `freshdesk`, `tiktok`, `email` or `other`; without it, the one that the source starts with. */
    channel?: string;
    /** Kind of issue. */
    issueType: string;
    /** Status: `open` (the default), `pending`, `done`, or another of letters, digits, spaces, `_` and `-`, unless
the service is set up with a list of its own. Stored in lower case. */
    status?: string;
    /** The items of the order that the issue is about. */
    items?: CreateIssueItemRequest[];
    /** Tracking numbers of the parcels, of 1 to 100 characters each. A single one may come as a bare string. */
    trackingNumber?: string[];
    /** Person who picked the items. */
    picker?: string;
    /** Person who packed the parcel. */
    packer?: string;
    /** Person who put the parcel on the pallet. */
    palletter?: string;
    /** The customer's name. */
    customerName?: string;
    /** The customer's e-mail address. */
    customerEmail?: string;
    /** Time when the customer first reached out: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    customerReachedAt?: string;
    /** Time when the order was shipped: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    shipped_at?: string;
    /** Free text, of several lines if need be. */
    notes?: string;
    /** Person who reports the issue. */
    createdBy?: string;
    /** The ticket's id in Freshdesk or TikTok. A number stands for its digits. */
    ticketId: string;
    /** System that keeps the ticket: `freshdesk`, `tiktok`, or a more specific name that starts with one of them and `-`,
such as `freshdesk-us`. Stored in lower case. */
    source: string;
    /** The order that something is wrong with; without it, the one that the ticket names. */
    OrderId?: string;
}

/** An item that the issue is about. */
export interface CreateIssueItemRequest {
    /** The stock keeping unit. */
    sku: string;
    /** Number of units. A numeric string is taken as a number. */
    qty: number;
}

/** Statistics of issues. */
export interface StatisticsResponse {
    /** Always true. */
    ok: boolean;
    /** The requested data. */
    data: IssueStatistics;
}

/** Issues, counted by the values of a field. */
export interface IssueStatistics {
    /** Field that the issues are grouped by. */
    groupBy: string;
    /** Number of issues, each counted once. */
    issues: number;
    /** Sum of the quantities of all their items. */
    units: number;
    /** Groups, the largest first. Values that differ only in case or in blanks around them are one. */
    groups: IssueGroup[];
}

/** Issues that have the same value. */
export interface IssueGroup {
    /** Value in its most frequent spelling; left out for the issues that have none. */
    key?: string;
    /** Number of issues. An issue counts once in each group that it is in. */
    issues: number;
    /** Sum of the quantities of their items; for a SKU, of its own. */
    units: number;
    /** Number of unresolved issues. */
    open: number;
    /** Average hours from report to resolution; left out where no issue is resolved. */
    avgHoursToResolve?: number;
}

/** New issue. Texts are trimmed and stored in Unicode Normalization Form C; control characters are refused. Unknown keys are ignored. */
export interface CreateIssueRequest {
    /** Channel: `freshdesk`, `tiktok`, `email` or `other`; without it, the one that the source starts with. */
    channel?: string;
    /** Kind of issue. */
    issueType: string;
    /** Status: `open` (the default), `pending`, `done`, or another of letters, digits, spaces, `_` and `-`, unless
the service is set up with a list of its own. Stored in lower case. */
    status?: string;
    /** The items of the order that the issue is about. */
    items?: CreateIssueItemRequest[];
    /** Tracking numbers of the parcels, of 1 to 100 characters each. A single one may come as a bare string. */
    trackingNumber?: string[];
    /** Person who picked the items. */
    picker?: string;
    /** Person who packed the parcel. */
    packer?: string;
    /** Person who put the parcel on the pallet. */
    palletter?: string;
    /** The customer's name. */
    customerName?: string;
    /** The customer's e-mail address. */
    customerEmail?: string;
    /** Time when the customer first reached out: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    customerReachedAt?: string;
    /** Time when the order was shipped: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    shipped_at?: string;
    /** Free text, of several lines if need be. */
    notes?: string;
    /** Person who reports the issue. */
    createdBy?: string;
    /** The order that something is wrong with. */
    OrderId: string;
    /** Source of the complaint: `freshdesk`, `tiktok`, `email`, `other`, or a more specific name that starts with one
of them and `-`, such as `freshdesk-us`. Stored in lower case. */
    source: string;
    /** The ticket's id in Freshdesk or TikTok; required when source or channel is one of these. A number stands for its digits. */
    ticketId?: string;
}

/** A page of issues. */
export interface IssueListResponse {
    /** Always true. */
    ok: boolean;
    /** The requested data. */
    data: OrderIssue[];
    /** The page. */
    page: Page;
}

/** A page of a list. */
export interface Page {
    /** Most issues of the page. The last page, and one that gets larger than 4 MiB, has fewer. */
    limit: number;
    /** The `cursor` of the next page; left out on the last page. */
    nextCursor?: string;
    /** Number of issues on all pages, if asked for. */
    total?: number;
}

/** The history of an issue. */
export interface HistoryResponse {
    /** Always true. */
    ok: boolean;
    /** The requested data. */
    data: HistoryEntry[];
}

/** Change of an issue. */
export interface HistoryEntry {
    /** Time of the change, in UTC. */
    at: string;
    /** Author as the request claimed: its `by`, `username` or `createdBy`. */
    by?: string;
    /** Caller as the service knows it: the name of the API key, or the subject of the token. */
    caller?: string;
    /** Kind of change: `created`, `statusChanged`, `edited` (a patch, of the status too) or `messageAdded`. */
    action: string;
    /** Changed fields. For a message, only the `discussion` is named, which has it with the same time and name. */
    changes: FieldChange[];
}

/** Change of a field. Absent values are left out. */
export interface FieldChange {
    /** The field. */
    field: string;
    /** Value before. */
    from?: any;
    /** Value after. */
    to?: any;
}

/** New values for fields of an issue (a merge patch, RFC 7396). Absent fields stay; null removes a value. Texts are trimmed and stored in Unicode Normalization Form C; control characters and unknown keys are refused. */
export interface PatchIssueRequest {
    /** The ticket's id in Freshdesk or TikTok; can't be removed when source or channel is one of these. A number stands for its digits. */
    ticketId?: string | null;
    /** All items of the order that the issue is about; null for none. */
    items?: CreateIssueItemRequest[] | null;
    /** All tracking numbers of the parcels, of 1 to 100 characters each; null for none. A single one may come as a bare string. */
    trackingNumber?: string[] | null;
    /** Person who picked the items. */
    picker?: string | null;
    /** Person who packed the parcel. */
    packer?: string | null;
    /** Person who put the parcel on the pallet. */
    palletter?: string | null;
    /** The customer's name. */
    customerName?: string | null;
    /** The customer's e-mail address. */
    customerEmail?: string | null;
    /** Kind of issue; can't be removed. */
    issueType?: string;
    /** Status, as for `update`, with the same effect on `issueResolvedAt`; null for `open`. */
    status?: string | null;
    /** Time when the customer first reached out: ISO 8601 date and time, in UTC unless a zone is named, or a date; 2000 to 2100. */
    customerReachedAt?: string | null;
    /** Time when the order was shipped, in the same forms. */
    shipped_at?: string | null;
    /** Free text of any number of lines. */
    notes?: string | null;
}

/** New status of an issue. */
export interface UpdateStatusRequest {
    /** Status: `open`, `pending`, `done`, or another of letters, digits, spaces, `_` and `-`, unless the service
is set up with a list of its own. Stored in lower case. */
    status: string;
    /** Person who changes it, for the history. */
    by?: string;
}

/** A message for the discussion of an issue. */
export interface AddDiscussionRequest {
    /** Author of the message. May come as `userName` instead. */
    username: string;
    /** Other name for `username`. */
    userName?: string;
    /** Text of the message, in several lines if need be. */
    message: string;
}

export type ProblemCode = "malformed_body" | "validation_failed" | "unauthorized" | "forbidden" | "issue_not_found" | "ticket_not_found" | "route_not_found" | "method_not_allowed" | "conflict" | "precondition_failed" | "payload_too_large" | "unsupported_media_type" | "idempotency_mismatch" | "issue_full" | "rate_limited" | "internal_error" | "ticket_source_failed" | "ticket_source_not_configured" | "ticket_source_unavailable" | "ticket_source_timeout" | "store_unavailable" | "query_timeout" | "overloaded";