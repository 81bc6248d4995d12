import type { IssueFilter, IssueSort } from "@order-issue/client";

/** What a queue shows: the list's query, with one text each. */
export interface Queue {
    filter: IssueFilter;
    sort: IssueSort;
}

/** Filters that may have several values. */
export const listFilters = [
    "status", "issueType", "channel", "source", "assignee", "tag", "priority", "fault", "OrderId", "issueId", "ticketId", "sku",
    "trackingNumber", "picker", "packer", "palletter", "createdBy", "customerEmail",
] as const satisfies readonly (keyof IssueFilter)[];

export const timeFilters = [
    "createdFrom", "createdTo", "updatedFrom", "updatedTo", "shippedFrom", "shippedTo", "resolvedFrom", "resolvedTo", "dueFrom", "dueTo",
] as const satisfies readonly (keyof IssueFilter)[];

export type ListFilter = typeof listFilters[number];
export type TimeFilter = typeof timeFilters[number];

/** Filters that aren't taken with an empty value, which means "none" for others. */
export const neverNone: readonly string[] = ["OrderId", "issueId"];

/** The service searches for no less. */
const minSearchLength = 2;

/** What customers could be known by. It stays in the fragment of an address, which no server's log sees. */
const inFragment: readonly string[] = ["q", "customerEmail"];
export const sorts: readonly IssueSort[] = ["-createdAt", "createdAt", "-updatedAt", "updatedAt", "dueAt", "-dueAt"];
const defaultSort: IssueSort = "-createdAt";

/** What a query (`status=open&sort=dueAt`) and a fragment (`q=broken`) ask for. What nothing is known of is left out. */
export function readQueue(query: string, fragment = ""): Queue {
    const values = new URLSearchParams(query);
    new URLSearchParams(fragment.replace(/^#/, "")).forEach((value, name) => values.append(name, value));
    const filter: Record<string, unknown> = {};
    for (const name of listFilters) {
        const all = values.getAll(name).filter(value => value !== "" || !neverNone.includes(name));
        if (all.length > 0) {
            filter[name] = all;
        }
    }

    for (const name of timeFilters) {
        filter[name] = values.get(name) || undefined;
    }

    filter["q"] = searchOf(values.get("q") ?? "") || undefined;
    for (const name of ["resolved", "overdue"]) {
        const value = values.get(name);
        filter[name] = value === "true" ? true : value === "false" ? false : undefined;
    }

    const hours = Number(values.get("olderThanHours"));
    filter["olderThanHours"] = Number.isInteger(hours) && hours > 0 ? hours : undefined;
    const sort = sorts.find(each => each === values.get("sort")) ?? defaultSort;
    const given = Object.entries(filter).filter(([, value]) => value !== undefined);
    return { filter: Object.fromEntries(given), sort };
}

/** What is searched for where this is typed; nothing where that is too short. */
export function searchOf(typed: string): string {
    const text = typed.trim();
    return text.length < minSearchLength ? "" : text;
}

/** The address of a queue: what begins with `?`, and what begins with `#`. */
export function writeQueue({ filter, sort }: Queue): string {
    const query = new URLSearchParams();
    const fragment = new URLSearchParams();
    for (const [name, value] of Object.entries(filter) as [string, unknown][]) {
        const part = inFragment.includes(name) ? fragment : query;
        (Array.isArray(value) ? value : [value]).forEach(each => part.append(name, String(each)));
    }

    if (sort !== defaultSort) {
        query.append("sort", sort);
    }

    return (query.size > 0 ? `?${query}` : "") + (fragment.size > 0 ? `#${fragment}` : "");
}

/** The query of a saved view, which has no customer's address. */
export function viewQuery({ filter, sort }: Queue): string {
    const { customerEmail: _, ...others } = filter;
    const { q, ...rest } = others;
    const query = writeQueue({ filter: rest, sort }).slice(1);
    return q === undefined ? query : [query, new URLSearchParams({ q }).toString()].filter(part => part !== "").join("&");
}

/** The values of a filter, as a list. */
export function valuesOf(filter: IssueFilter, name: ListFilter): readonly string[] {
    const value = filter[name];
    return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

/** The filter with another value of this name; without it where there is none. */
export function withValue(filter: IssueFilter, name: keyof IssueFilter, value: unknown): IssueFilter {
    const { [name]: _, ...others } = filter;
    const isEmpty = value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    return isEmpty ? others : { ...others, [name]: value };
}

export const isEmptyFilter = (filter: IssueFilter): boolean => Object.keys(filter).length === 0;
