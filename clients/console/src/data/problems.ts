import { OrderIssueError } from "@order-issue/client";
import { fieldText, type Texts } from "../texts";
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
    const faults = Object.entries(error.errors).map(([path, messages]) => {
        const name = path === "" ? "" : `${fieldText(texts, fieldOf(path))}: `;
        return `${name}${messages.map(texts.reason).join(" ")}.`;
    });
    return [known ?? error.problem?.detail ?? error.message, ...faults].join(" ");
}

/** The field that a path of the service is in: `items` of `items[0].qty`. */
export const fieldOf = (path: string): string => path.replace(/[[.].*$/, "");

export const hasCode = (error: unknown, code: string): error is OrderIssueError => error instanceof OrderIssueError && error.code === code;
