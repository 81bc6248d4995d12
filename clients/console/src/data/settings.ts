import { browserStorage } from "./storage";
import { createStore, useStore } from "./store";

export type Language = "en" | "de";
export type Theme = "system" | "light" | "dark";

/** What this browser remembers: nothing secret, nothing about customers. */
export interface Settings {
    language: Language;
    theme: Theme;
    /** Whether single letters are shortcuts. */
    keys: boolean;
    /** The agent's name, for messages and histories. */
    name: string;
}

const storageKey = "order-issue-console";
const preferred: Language = navigator.language.startsWith("de") ? "de" : "en";
const defaults: Settings = { language: preferred, theme: "system", keys: true, name: "" };
const settings = createStore<Settings>({ ...defaults, ...read() });

export const useSettings = (): Settings => useStore(settings);

export const currentSettings = (): Settings => settings.value;

export function changeSettings(change: Partial<Settings>): void {
    settings.set({ ...settings.value, ...change });
    apply();
    try {
        browserStorage.setItem(storageKey, JSON.stringify(settings.value));
    } catch {
        // A browser that keeps no more has the settings until the page is closed.
    }
}

/** Gives the page its language and its colours. */
export function apply(): void {
    document.documentElement.lang = settings.value.language;
    document.documentElement.dataset["theme"] = settings.value.theme;
}

function read(): Partial<Settings> {
    try {
        const stored: unknown = JSON.parse(browserStorage.getItem(storageKey) ?? "{}");
        return typeof stored === "object" && stored !== null ? stored : {};
    } catch {
        return {};
    }
}
