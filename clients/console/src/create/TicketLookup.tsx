import type { Ticket } from "@order-issue/client";
import { useState } from "preact/hooks";
import { ticketSystems, useTicket } from "../data/tickets";
import { Field } from "../parts/Field";
import { Read } from "../parts/State";
import { useTexts } from "../texts";
import { type IssueFormState, systemOf, withTicket } from "./form";

interface TicketLookupProps {
    form: IssueFormState;
    onChange: (form: IssueFormState) => void;
}

/** Looks a ticket up, and fills in what it says. */
export function TicketLookup({ form, onChange }: TicketLookupProps) {
    const texts = useTexts();
    const system = systemOf(form);
    const ticketId = String(form.drafts.ticketId ?? "");
    const [sought, setSought] = useState({ system, ticketId: form.ticket?.ticketId ?? "" });
    const ticket = useTicket(sought.system, sought.ticketId);
    const { data } = ticket;
    const isTaken = data !== undefined && data.ticketId === form.ticket?.ticketId && sought.system === system;
    const choose = (source: string, id: string) => {
        const isSame = source === system && id === ticketId;
        const others = isSame ? form : withTicket(form, undefined);
        onChange({ ...others, source, drafts: { ...others.drafts, ticketId: id } });
    };
    const fillIn = ({ ticketId: id, OrderId, requesterName, requesterEmail }: Ticket) => {
        const filled = withTicket(form, { ticketId: id, OrderId, requesterName, requesterEmail });
        onChange({ ...filled, source: sought.system, drafts: { ...filled.drafts, ticketId: id } });
    };
    return (
        <form class="lookup" onSubmit={event => { event.preventDefault(); setSought({ system, ticketId: ticketId.trim() }); }}>
            <div class="row">
                <Field label={texts.ticket.system}>
                    {control => (
                        <select {...control} value={system} onChange={event => choose(event.currentTarget.value, ticketId)}>
                            {Object.entries(ticketSystems).map(([value, name]) => <option key={value} value={value}>{name}</option>)}
                        </select>
                    )}
                </Field>
                <Field label={texts.fields.ticketId}>
                    {control => <input {...control} required value={ticketId} onInput={event => choose(system, event.currentTarget.value)} />}
                </Field>
                <button type="submit">{texts.ticket.lookUp}</button>
            </div>
            {sought.ticketId !== "" && (
                <Read query={ticket}>
                    {found => (
                        <div class="found" role="status">
                            <p><strong dir="auto">{found.subject ?? sought.ticketId}</strong> {found.statusText !== undefined && <span class="tag">{found.statusText}</span>}</p>
                            <p class="quiet">{texts.fields.OrderId}: <bdi>{found.OrderId ?? "–"}</bdi> · <bdi>{found.requesterName ?? "–"}</bdi></p>
                            <button type="button" disabled={isTaken} onClick={() => fillIn(found)}>{isTaken ? texts.ticket.taken : texts.ticket.take}</button>
                        </div>
                    )}
                </Read>
            )}
        </form>
    );
}
