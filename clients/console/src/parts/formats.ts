import { type Language, useSettings } from "../data/settings";
import { createStore, useStore } from "../data/store";

const hour = 3_600_000;
const units = [["year", 8766 * hour], ["month", 730.5 * hour], ["day", 24 * hour], ["hour", hour], ["minute", hour / 60], ["second", hour]] as const;

const minutes = createStore(0);
setInterval(() => minutes.set(minutes.value + 1), hour / 60);

export type Formats = ReturnType<typeof createFormats>;

/** How times, numbers and amounts are written in the agent's language. */
export function useFormats() {
    const { language } = useSettings();
    useStore(minutes); // Ages grow.
    return formats[language] ??= createFormats(language);
}

// Made once, since hundreds of cells ask for them while one scrolls.
const formats: Partial<Record<Language, Formats>> = {};

function createFormats(language: Language) {
    const time = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    const date = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
    const age = new Intl.RelativeTimeFormat(language, { style: "narrow", numeric: "auto" });
    const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
    const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
    return {
        number: (value: number) => number.format(value),
        percent: (share: number) => percent.format(share),
        time: (iso: string | undefined) => written(iso, at => time.format(at)),
        /** A day, which is one of UTC. */
        date: (iso: string | undefined) => written(iso, at => date.format(at)),
        /** How long ago, or how far ahead, in its largest unit; "now" for less than a minute. */
        age: (iso: string | undefined) => written(iso, at => {
            const distance = at.getTime() - Date.now();
            const [unit, size] = units.find(([, length]) => Math.abs(distance) >= length) ?? units[5];
            return age.format(Math.trunc(distance / size), unit);
        }),
        /** What another program stored may be no currency. */
        money: ({ amount, currency }: { amount: number; currency: string }) => /^[A-Za-z]{3}$/.test(currency)
            ? new Intl.NumberFormat(language, { style: "currency", currency }).format(amount)
            : `${number.format(amount)} ${currency}`,
    };
}

/** What another program stored may be no time. */
function written(iso: string | undefined, write: (at: Date) => string): string {
    const at = iso === undefined ? undefined : new Date(iso);
    return at === undefined ? "" : Number.isNaN(at.getTime()) ? iso! : write(at);
}
