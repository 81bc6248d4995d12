import type { CreateIssueRequest, IssueItem, OrderIssue, PatchIssueRequest, Vocabulary } from "@order-issue/client";

export type FieldKind = "text" | "longText" | "list" | "time" | "items" | "cost";
export type FieldName = Exclude<keyof PatchIssueRequest & keyof CreateIssueRequest & keyof OrderIssue, "status">;

/** A field that agents fill in. To add one: an entry here, and its name in `texts`. */
export interface Field {
    name: FieldName;
    kind: FieldKind;
    /** Values that it often has. */
    known?: (vocabulary: Vocabulary) => readonly string[];
}

export const fields: readonly Field[] = [
    { name: "issueType", kind: "text", known: vocabulary => vocabulary.types },
    { name: "items", kind: "items" },
    { name: "assignee", kind: "text" },
    { name: "priority", kind: "text", known: vocabulary => vocabulary.priorities },
    { name: "tags", kind: "list" },
    { name: "dueAt", kind: "time" },
    { name: "customerName", kind: "text" },
    { name: "customerEmail", kind: "text" },
    { name: "customerReachedAt", kind: "time" },
    { name: "shipped_at", kind: "time" },
    { name: "trackingNumber", kind: "list" },
    { name: "picker", kind: "text" },
    { name: "packer", kind: "text" },
    { name: "palletter", kind: "text" },
    { name: "fault", kind: "text", known: vocabulary => vocabulary.faults },
    { name: "cost", kind: "cost" },
    { name: "ticketId", kind: "text" },
    { name: "notes", kind: "longText" },
];

/** What is being typed: one text, or rows of two. */
export type Draft = string | readonly (readonly [string, string])[];

export function toDraft(kind: FieldKind, value: unknown): Draft {
    switch (kind) {
        case "items":
            return ((value ?? []) as IssueItem[]).map(({ sku, qty }) => [sku, String(qty)] as const);
        case "cost": {
            const { amount = "", currency = "" } = (value ?? {}) as { amount?: number; currency?: string };
            return [[String(amount), currency]];
        }
        case "list":
            return ((value ?? []) as string[]).join(", ");
        case "time":
            return typeof value === "string" ? toLocal(value) : "";
        default:
            return typeof value === "string" ? value : "";
    }
}

/** What the service takes; null removes the field. What it can't be is sent as it was typed, for the service to say why. */
export function fromDraft(kind: FieldKind, draft: Draft): unknown {
    if (typeof draft === "string") {
        const text = draft.trim();
        switch (kind) {
            case "list": {
                const values = splitList(text);
                return values.length > 0 ? values : null;
            }
            case "time":
                return text === "" ? null : Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString();
            default:
                return text === "" ? null : text;
        }
    }

    if (kind === "cost") {
        const [amount = "", currency = ""] = draft[0] ?? [];
        const isPlain = /^-?\d+([.,]\d{1,2})?$/.test(amount.trim()); // 1,200 may be a thousand, or little more than one.
        return amount.trim() === "" ? null : { amount: isPlain ? Number(amount.replace(",", ".")) : amount, currency: currency.trim().toUpperCase() };
    }

    const items = draft.filter(([sku, qty]) => sku.trim() !== "" || qty.trim() !== "")
        .map(([sku, qty]) => ({ sku: sku.trim(), qty: /^\d+$/.test(qty.trim()) ? Number(qty) : qty.trim() }));
    return items.length > 0 ? items : null;
}

/** The values of a text that has commas between them. */
export const splitList = (text: string): string[] => text.split(",").map(value => value.trim()).filter(value => value !== "");

/** As `<input type="datetime-local">` takes it, in the agent's time zone: with seconds where there are any. */
function toLocal(iso: string): string {
    const at = new Date(iso);
    return Number.isNaN(at.getTime()) ? "" : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace(/:00$/, "");
}
