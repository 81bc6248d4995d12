import type { IssueFilter } from "@order-issue/client";
import { isEmptyFilter, type Queue, withValue } from "../data/filter";
import { useTexts, valueText } from "../texts";
import { useFormats } from "./formats";

/** The filters that are set, each with a way out. */
export function Chips({ queue, onChange }: { queue: Queue; onChange: (queue: Queue) => void }) {
    const texts = useTexts();
    const formats = useFormats();
    const { filter } = queue;
    if (isEmptyFilter(filter)) {
        return null;
    }

    const names = texts.filters.names as Record<string, string>;
    const chips = (Object.entries(filter) as [keyof IssueFilter, unknown][]).flatMap(([name, value]) =>
        (Array.isArray(value) ? value as string[] : [value]).map(each => ({ name, each, all: value })));
    const written = (name: string, value: string) => /^\d{4}-\d\d-\d\d$/.test(value) ? formats.date(value) : valueText(texts, name, value);
    const without = (name: keyof IssueFilter, all: unknown, each: unknown) =>
        withValue(filter, name, Array.isArray(all) ? all.filter(other => other !== each) : undefined);
    return (
        <ul class="chips">
            {chips.map(({ name, each, all }) => {
                const shown = typeof each === "boolean" ? texts.filters.booleans[name as "resolved" | "overdue"][each ? 1 : 0] : `${names[name] ?? name}: ${written(name, String(each))}`;
                return (
                    <li key={`${name} ${String(each)}`}>
                        <span dir="auto">{shown}</span>
                        <button type="button" aria-label={texts.filters.remove(String(shown))} onClick={() => onChange({ ...queue, filter: without(name, all, each) })}>×</button>
                    </li>
                );
            })}
            <li><button type="button" onClick={() => onChange({ ...queue, filter: {} })}>{texts.filters.removeAll}</button></li>
        </ul>
    );
}
