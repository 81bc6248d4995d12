import type { Language } from "../data/settings";
import { createStore, useStore } from "../data/store";
import { en } from "./en";

/** All that the console says. */
export type Texts = typeof en;

const texts = createStore<Texts>(en);

/** What the console says, in the agent's language. */
export const useTexts = (): Texts => useStore(texts);

/** What a field, or a filter, is called; its own name where the console has none for it. */
export function fieldText(from: Texts, field: string): string {
    const names: Record<string, unknown> = { ...from.filters.names, ...from.fields, email: from.fields.customerEmail };
    const name = names[field];
    return typeof name === "string" ? name : field;
}

/** A value that the service knows, in the agent's language; what else there is, as it is. An empty one means that there is none. */
export function valueText(from: Texts, field: string, value: string): string {
    const known: Record<string, Record<string, string> | undefined> = { priority: from.priorities, fault: from.faults };
    return value === "" ? from.common.none : known[field]?.[value] ?? value;
}

/** Speaks this language from now on. */
export async function loadTexts(language: Language): Promise<void> {
    texts.set(language === "de" ? (await import("./de")).de : en);
}
