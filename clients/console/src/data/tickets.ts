import type { OrderIssue, TicketSystem } from "@order-issue/client";
import { useQuery } from "@tanstack/preact-query";
import { client } from "./client";
import { queryKeys } from "./queryKeys";

/** The ticket systems, and how they are called. */
export const ticketSystems: Record<TicketSystem, string> = { freshdesk: "Freshdesk", tiktok: "TikTok Shop" };

const systems = Object.keys(ticketSystems) as TicketSystem[];

/** The system that has an issue's ticket: as the service has it, `freshdesk-us` is Freshdesk. */
export function ticketSystemOf({ source, channel }: Pick<OrderIssue, "source" | "channel">): TicketSystem | undefined {
    return systems.find(system => source === system || source?.startsWith(`${system}-`)) ?? systems.find(system => channel === system);
}

/** A ticket, as its system has it now. Nothing is asked without its system or its number. */
export function useTicket(system: TicketSystem | undefined, ticketId: string) {
    return useQuery({
        queryKey: queryKeys.ticket(system, ticketId),
        enabled: system !== undefined && ticketId !== "",
        queryFn: async ({ signal }) => (await client.getTicket(ticketId, { source: system, signal, deadlineMs: 30_000, timeoutMs: 30_000 })).data,
    });
}
