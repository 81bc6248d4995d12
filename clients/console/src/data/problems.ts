import { OrderIssueError } from "@order-issue/client";
import type { Texts } from "../texts";
import { ProviderUnreachable } from "./credential";

/** What to tell an agent of a failure. */
export function describe(error: unknown, texts: Texts): string {
    if (error instanceof ProviderUnreachable) {
        return texts.signIn.providerUnreachable;
    }

    if (!(error instanceof OrderIssueError)) {
        return error instanceof Error ? error.message : String(error);
    }

    const known = (texts.problems as Record<string, string | undefined>)[error.code];
    const names: Record<string, unknown> = { ...texts.filters.names, ...texts.fields, email: texts.fields.customerEmail };
    const nameOf = (path: string) => names[path.replace(/[[.].*$/, "")] ?? path;
    const faults = Object.entries(error.errors).map(([path, messages]) => `${path === "" ? "" : `${String(nameOf(path))}: `}${messages.map(texts.reason).join(" ")}.`);
    return [known ?? error.problem?.detail ?? error.message, ...faults].join(" ");
}

export const hasCode = (error: unknown, code: string): error is OrderIssueError => error instanceof OrderIssueError && error.code === code;
