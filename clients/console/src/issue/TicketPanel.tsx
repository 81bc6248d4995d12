import type { TicketSystem } from "@order-issue/client";
import { useTicket } from "../data/tickets";
import { Read } from "../parts/State";
import { Time } from "../parts/Time";
import { useTexts } from "../texts";

/** The ticket that the issue came from, as its system has it now. */
export function TicketPanel({ ticketId, system }: { ticketId: string; system: TicketSystem | undefined }) {
    const texts = useTexts();
    const ticket = useTicket(system, ticketId);
    return (
        <section aria-labelledby="ticket">
            <h2 id="ticket">{texts.ticket.title(ticketId)}</h2>
            {system === undefined ? <p class="quiet">{texts.ticket.elsewhere}</p> : (
                <Read query={ticket}>
                    {({ subject, statusText, requesterName, requesterEmail, created_at, tags = [] }) => (
                        <dl class="facts">
                            <div class="fact"><dt>{texts.ticket.subject}</dt><dd dir="auto">{subject ?? "–"}</dd></div>
                            <div class="fact"><dt>{texts.columns.status}</dt><dd>{statusText ?? "–"}</dd></div>
                            <div class="fact"><dt>{texts.ticket.requester}</dt><dd dir="auto">{[requesterName, requesterEmail].filter(Boolean).join(" · ") || "–"}</dd></div>
                            <div class="fact"><dt>{texts.issue.created}</dt><dd><Time at={created_at} /></dd></div>
                            {tags.length > 0 && <div class="fact"><dt>{texts.columns.tags}</dt><dd>{tags.map(tag => <span key={tag} class="tag" dir="auto">{tag}</span>)}</dd></div>}
                        </dl>
                    )}
                </Read>
            )}
        </section>
    );
}
