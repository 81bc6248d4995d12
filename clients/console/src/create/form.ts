import type { CreateIssueFromTicketRequest, CreateIssueRequest, IssueResponse, TicketSystem } from "@order-issue/client";
import { client } from "../data/client";
import { type Draft, type FieldName, fields, fromDraft } from "../data/fields";
import { ticketSystemOf } from "../data/tickets";

export interface IssueFormState {
    fromTicket: boolean;
    OrderId: string;
    source: string;
    drafts: Partial<Record<FieldName, Draft>>;
    /** The ticket that has filled in fields. */
    ticket?: { ticketId: string } & Record<"OrderId" | "requesterName" | "requesterEmail", string | undefined> | undefined;
}

export const emptyForm: IssueFormState = { fromTicket: false, OrderId: "", source: "email", drafts: {} };

/** The system that a form's ticket is looked for in. */
export const systemOf = (form: IssueFormState): TicketSystem => ticketSystemOf(form) ?? "freshdesk";

/** The form with what the ticket says. What an earlier one has filled in goes; what the agent has written stays where this one says nothing. */
export function withTicket(form: IssueFormState, ticket: IssueFormState["ticket"]): IssueFormState {
    const next = (now: Draft | undefined, earlier: string | undefined, value: string | undefined) => value ?? (now === earlier ? "" : now ?? "");
    return {
        ...form,
        ticket,
        OrderId: String(next(form.OrderId, form.ticket?.OrderId, ticket?.OrderId)),
        drafts: {
            ...form.drafts,
            customerName: next(form.drafts.customerName, form.ticket?.requesterName, ticket?.requesterName),
            customerEmail: next(form.drafts.customerEmail, form.ticket?.requesterEmail, ticket?.requesterEmail),
        },
    };
}

/** The body that the form stands for. */
export function bodyOf(form: IssueFormState, createdBy: string): CreateIssueRequest {
    const { OrderId, drafts } = form;
    const source = form.fromTicket ? systemOf(form) : form.source;
    const given = fields.map(({ name, kind }) => [name, fromDraft(kind, drafts[name] ?? "")] as const).filter(([, value]) => value !== null);
    const values = Object.fromEntries(given) as Partial<CreateIssueRequest>;
    return { issueType: "", ...values, OrderId: OrderId.trim(), source, ...createdBy !== "" && { createdBy } };
}

export function create({ fromTicket }: IssueFormState, body: CreateIssueRequest, idempotencyKey: string): Promise<IssueResponse> {
    if (!fromTicket) {
        return client.createIssue(body, { idempotencyKey });
    }

    const { OrderId, ticketId, ...others } = body;
    const request: CreateIssueFromTicketRequest = { ...others, ticketId: ticketId ?? "", ...OrderId !== "" && { OrderId } };
    return client.createIssueFromTicket(request, { idempotencyKey, timeoutMs: 30_000, deadlineMs: 35_000 });
}
