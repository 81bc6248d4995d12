import type { TicketSystem } from "@order-issue/client";
import { useState } from "preact/hooks";
import { ticketSystemOf, ticketSystems, useTicket } from "../data/tickets";
import { Field } from "../parts/Field";
import { Read } from "../parts/State";
import { useTexts } from "../texts";
import type { IssueFormState } from "./form";

interface TicketLookupProps {
    form: IssueFormState;
    onChange: (form: IssueFormState) => void;
}

/** Looks a ticket up, and fills in what it says. */
export function TicketLookup({ form, onChange }: TicketLookupProps) {
    const texts = useTexts();
    const [system, setSystem] = useState(ticketSystemOf(form) ?? "freshdesk");
    const [ticketId, setTicketId] = useState(typeof form.drafts.ticketId === "string" ? form.drafts.ticketId : "");
    const [sought, setSought] = useState({ system, ticketId: "" });
    const ticket = useTicket(sought.system, sought.ticketId);
    const { data } = ticket;
    const isTaken = data !== undefined && form.drafts.ticketId === data.ticketId && form.source === sought.system;
    const fillIn = () => data && onChange({
        ...form,
        source: sought.system,
        OrderId: data.OrderId ?? form.OrderId,
        drafts: {
            ...form.drafts,
            ticketId: data.ticketId,
            ...data.requesterName !== undefined && { customerName: data.requesterName },
            ...data.requesterEmail !== undefined && { customerEmail: data.requesterEmail },
        },
    });
    return (
        <form class="lookup" onSubmit={event => { event.preventDefault(); setSought({ system, ticketId: ticketId.trim() }); }}>
            <div class="row">
                <Field label={texts.ticket.system}>
                    {control => (
                        <select {...control} value={system} onChange={event => setSystem(event.currentTarget.value as TicketSystem)}>
                            {Object.entries(ticketSystems).map(([value, name]) => <option key={value} value={value}>{name}</option>)}
                        </select>
                    )}
                </Field>
                <Field label={texts.fields.ticketId}>
                    {control => <input {...control} required value={ticketId} onInput={event => setTicketId(event.currentTarget.value)} />}
                </Field>
                <button type="submit">{texts.ticket.lookUp}</button>
            </div>
            {sought.ticketId !== "" && (
                <Read query={ticket}>
                    {({ subject, OrderId, requesterName, statusText }) => (
                        <div class="found" role="status">
                            <p><strong dir="auto">{subject ?? sought.ticketId}</strong> {statusText !== undefined && <span class="tag">{statusText}</span>}</p>
                            <p class="quiet">{texts.fields.OrderId}: <bdi>{OrderId ?? "–"}</bdi> · <bdi>{requesterName ?? "–"}</bdi></p>
                            <button type="button" disabled={isTaken} onClick={fillIn}>{isTaken ? texts.ticket.taken : texts.ticket.take}</button>
                        </div>
                    )}
                </Read>
            )}
        </form>
    );
}
