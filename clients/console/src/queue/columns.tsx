import type { OrderIssue } from "@order-issue/client";
import type { ComponentChildren } from "preact";
import type { Formats } from "../parts/formats";
import { age } from "../parts/Time";
import { type Texts, valueText } from "../texts";

/** What cells are written with, which all rows share: hundreds of them are drawn anew while one scrolls. */
export interface Cells {
    texts: Texts;
    formats: Formats;
}

/** A column of the queue. To add one: an entry here, its heading in `texts`, and its width in `queue.css`. */
export interface Column {
    name: keyof Texts["columns"];
    /** What the list can be ordered by. */
    sort?: "createdAt" | "updatedAt" | "dueAt";
    cell: (issue: OrderIssue, cells: Cells) => ComponentChildren;
}

const text = (value: string | undefined) => value && <span dir="auto" title={value}>{value}</span>;

export const columns: readonly Column[] = [
    { name: "OrderId", cell: issue => text(issue.OrderId) },
    { name: "issueType", cell: issue => text(issue.issueType) },
    { name: "status", cell: issue => <span class="status" data-status={issue.status}>{issue.status}</span> },
    { name: "priority", cell: (issue, { texts }) => issue.priority && <span class="priority" data-priority={issue.priority}>{valueText(texts, "priority", issue.priority)}</span> },
    { name: "items", cell: issue => text(issue.items.map(({ sku, qty }) => `${qty} × ${sku}`).join(", ")) },
    { name: "customerName", cell: issue => text(issue.customerName ?? issue.customerEmail) },
    { name: "channel", cell: issue => text(issue.channel ?? issue.source) },
    { name: "assignee", cell: issue => text(issue.assignee) },
    { name: "tags", cell: issue => issue.tags?.map(tag => <span key={tag} class="tag" dir="auto">{tag}</span>) },
    { name: "packer", cell: issue => text([issue.picker, issue.packer, issue.palletter].filter(Boolean).join(" · ")) },
    { name: "dueAt", sort: "dueAt", cell: (issue, { formats }) => <span class={isOverdue(issue) ? "overdue" : undefined}>{age(issue.dueAt, formats)}</span> },
    { name: "updatedAt", sort: "updatedAt", cell: (issue, { formats }) => age(issue.updatedAt, formats) },
    { name: "createdAt", sort: "createdAt", cell: (issue, { formats }) => age(issue.createdAt, formats) },
];

const isOverdue = ({ dueAt, issueResolvedAt }: OrderIssue) => issueResolvedAt === undefined && dueAt !== undefined && Date.parse(dueAt) < Date.now();
