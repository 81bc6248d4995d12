import type { Language } from "../data/settings";
import { createStore, useStore } from "../data/store";
import { en } from "./en";

/** All that the console says. */
export type Texts = typeof en;

const texts = createStore<Texts>(en);

/** What the console says, in the agent's language. */
export const useTexts = (): Texts => useStore(texts);

/** Speaks this language from now on. */
export async function loadTexts(language: Language): Promise<void> {
    texts.set(language === "de" ? (await import("./de")).de : en);
}
